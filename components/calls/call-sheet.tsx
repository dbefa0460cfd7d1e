import { type ReactNode, useId } from 'react';
import { Avatar } from '@/components/ui/avatar';

type Props = {
  title: string;
  /** A second line: from which course, or what happened. */
  text: string;
  person: { id: string; name: string };
  /** It is ringing. */
  pulses?: boolean;
  /** Over everything, holding the keyboard; else in the corner, beside what one is doing. */
  modal?: boolean;
  /** Escape was pressed. */
  onAside?: () => void;
  children: ReactNode;
};

const CORNER =
  'fixed inset-auto right-4 bottom-4 z-50 m-0 block w-80 max-sm:right-0 max-sm:bottom-0 max-sm:w-full max-sm:max-w-none max-sm:rounded-b-none';
const MODAL =
  'm-auto w-80 backdrop:bg-black/40 max-sm:mb-0 max-sm:w-full max-sm:max-w-none max-sm:rounded-b-none';

/** Who calls or is called, and what can be done about it: a card, at the bottom edge of a phone. */
export function CallSheet({ title, text, person, pulses = false, modal = false, onAside, children }: Props) {
  const [titleId, textId] = [useId(), useId()];
  return (
    <dialog
      ref={modal ? holdKeyboard : undefined}
      // In the corner it is just there: it takes nobody's place in what they are typing.
      open={modal ? undefined : true}
      role={modal ? 'alertdialog' : 'dialog'}
      aria-labelledby={titleId}
      aria-describedby={textId}
      onCancel={(event) => {
        event.preventDefault();
        onAside?.();
      }}
      tabIndex={modal ? -1 : undefined}
      className={`rounded-panel border border-line bg-surface p-5 pb-[max(1.25rem,env(safe-area-inset-bottom))] text-ink shadow-float outline-none ${modal ? MODAL : CORNER}`}
    >
      <div
        className={modal ? 'flex flex-col items-center gap-4 pt-2 text-center' : 'flex items-center gap-3'}
      >
        <span className="relative grid shrink-0">
          {pulses && (
            <span
              aria-hidden
              className={`absolute rounded-full bg-accent/30 motion-safe:animate-[ping_2.6s_ease-out_infinite] motion-reduce:hidden ${modal ? 'inset-0' : 'inset-1.5'}`}
            />
          )}
          <span className="relative grid">
            <Avatar name={person.name} seed={person.id} size={modal ? 72 : 40} />
          </span>
        </span>
        <div className="flex min-w-0 flex-col gap-0.5" role={modal ? undefined : 'status'}>
          <h2
            id={titleId}
            className={`font-semibold [overflow-wrap:anywhere] ${modal ? 'text-lg' : 'text-base leading-tight'}`}
          >
            {title}
          </h2>
          <p id={textId} className="text-ink-2 text-sm [overflow-wrap:anywhere]">
            {text}
          </p>
        </div>
      </div>
      <div className="mt-5 flex flex-wrap gap-2.5">{children}</div>
    </dialog>
  );
}

/** What somebody was typing must not answer for them: the card has the keyboard, and none of its buttons. Gives it back in the end. */
function holdKeyboard(dialog: HTMLDialogElement | null): (() => void) | undefined {
  if (!dialog) return undefined;
  dialog.showModal();
  dialog.focus();
  return () => dialog.close();
}
