type Props = { label: string; on: boolean; onSwitch: (on: boolean) => void };

/** Something that is on or off, and changes at once. */
export function Switch({ label, on, onSwitch }: Props) {
  return (
    <label className="flex min-h-8 cursor-pointer items-center justify-between gap-3 text-sm">
      {label}
      <input
        type="checkbox"
        role="switch"
        checked={on}
        onChange={(event) => onSwitch(event.target.checked)}
        className="relative h-5 w-9 shrink-0 cursor-pointer appearance-none rounded-full bg-control transition-colors after:absolute after:top-0.5 after:left-0.5 after:size-4 after:rounded-full after:bg-surface after:transition-transform checked:bg-accent checked:after:translate-x-4"
      />
    </label>
  );
}
