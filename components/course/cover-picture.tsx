import { hueOf, initials } from '@/components/ui/avatar';

/** A course's picture, filling its frame; without one, a calm field with the first letters of its title. */
export function CoverPicture({ title, url }: { title: string; url: string | null }) {
  if (url) {
    // oxlint-disable-next-line nextjs/no-img-element -- a signed address of the files origin, already drawn at its size
    return <img src={url} alt="" className="size-full object-cover" />;
  }
  return (
    <span
      aria-hidden
      className="grid size-full place-items-center font-semibold text-2xl text-ink-2"
      style={{ background: `color-mix(in oklch, oklch(70% .09 ${hueOf(title)}) 26%, var(--surface-2))` }}
    >
      {initials(title)}
    </span>
  );
}
