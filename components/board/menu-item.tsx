/** A line of a menu: what it does, and what comes of it. */
export function MenuItem({ title, hint, onPress }: { title: string; hint?: string; onPress: () => void }) {
  return (
    <button
      type="button"
      onClick={onPress}
      className="flex w-full flex-col rounded-control px-3 py-2 text-left hover:bg-ink/6"
    >
      <span className="font-medium text-sm">{title}</span>
      {hint && <span className="text-ink-2 text-xs">{hint}</span>}
    </button>
  );
}
