/** Up to two letters that stand for a name: the first of its first and last word. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u);
  const shown = words.length > 1 ? [words.at(0), words.at(-1)] : words;
  return shown
    .map((word) => firstLetter(word ?? ''))
    .join('')
    .toLocaleUpperCase();
}

/** By code point, so that an emoji is not cut in half. */
function firstLetter(word: string): string {
  const code = word.codePointAt(0);
  return code === undefined ? '' : String.fromCodePoint(code);
}

/** A hue (degrees) that is always the same for the same seed, whichever browser asks. */
export function hueOf(seed: string): number {
  let hash = 2166136261;
  for (const char of seed) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16777619) >>> 0;
  return hash % 360;
}

type Props = {
  name: string /** What the colour is made from: an id, so that it outlives a new name. */;
  seed?: string;
  size?: number;
};

/** A person as initials on their own colour. Decorative: the name stands beside it. */
export function Avatar({ name, seed = name, size = 28 }: Props) {
  return (
    <span
      aria-hidden
      className="inline-grid shrink-0 select-none place-items-center rounded-full font-semibold text-white leading-none tracking-tight"
      style={{
        width: size,
        height: size,
        fontSize: Math.round(size * 0.4),
        background: `oklch(47% 0.09 ${hueOf(seed)})`,
      }}
    >
      {initials(name)}
    </span>
  );
}
