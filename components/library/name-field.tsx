import { useState } from 'react';

type Props = { label: string; name: string; onEnd: (name: string | null) => void };

/** A name that is being typed in the place where it stands. The extension is not chosen with it. */
export function NameField({ label, name, onEnd }: Props) {
  const [draft, setDraft] = useState(name);
  const end = () => onEnd(draft.trim() || null);
  return (
    <input
      // The field takes the place of the name that was pressed: there is nothing else to focus.
      ref={(field) => {
        if (!field || field === document.activeElement) return;
        field.focus();
        const dot = name.lastIndexOf('.');
        field.setSelectionRange(0, dot > 0 ? dot : name.length);
      }}
      aria-label={label}
      value={draft}
      maxLength={255}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={end}
      onKeyDown={(event) => {
        if (event.key === 'Enter') end();
        if (event.key === 'Escape') onEnd(null);
        event.stopPropagation();
      }}
      // As high as the name whose place it takes: the lines below stay where they are.
      className="-mt-1.5 -mb-0.5 -ml-1.5 h-7 w-full min-w-0 rounded-control border border-control bg-surface px-1.5 text-sm outline-offset-0"
    />
  );
}
