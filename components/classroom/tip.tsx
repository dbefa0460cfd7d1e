import { Kbd } from '@/components/ui/kbd';

/** What a control says on hover or focus: its name and its key. Its parent is `group/tip relative`. */
export function Tip({ text, shortcut, below = false }: { text: string; shortcut?: string; below?: boolean }) {
  return (
    <span
      aria-hidden
      className={`pointer-events-none absolute left-1/2 z-30 hidden -translate-x-1/2 items-center gap-2 whitespace-nowrap rounded-control border border-line bg-surface px-2 py-1 text-ink text-xs opacity-0 shadow-float transition-opacity delay-300 group-hover/tip:opacity-100 group-has-focus-visible/tip:opacity-100 lg:flex ${below ? 'top-full mt-2' : 'bottom-full mb-2'}`}
    >
      {text}
      {shortcut && <Kbd>{shortcut}</Kbd>}
    </span>
  );
}
