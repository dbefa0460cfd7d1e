import type { ReactNode } from 'react';
import { Banner } from './banner';
import { Button } from './button';

type Props = {
  /** What sends the form, as `useCall` has it. */
  call: { busy: boolean; sentence: string | null };
  disabled?: boolean;
  /** Leaves the form without sending it. */
  leave?: { label: string; onLeave: () => void } | null;
  /** What its button says. */
  children: ReactNode;
};

/** How a form ends: what was refused about the whole of it, the button that sends it, and the one that does not. */
export function FormFoot({ call, disabled = false, leave = null, children }: Props) {
  return (
    <>
      {call.sentence && <Banner tone="warn">{call.sentence}</Banner>}
      <div className="flex gap-2">
        <Button type="submit" variant="primary" busy={call.busy} disabled={disabled}>
          {children}
        </Button>
        {leave && (
          <Button variant="quiet" onClick={leave.onLeave}>
            {leave.label}
          </Button>
        )}
      </div>
    </>
  );
}
