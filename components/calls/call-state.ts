import type { CallView } from '@/server/router';

export type Outcome = 'declined' | 'missed' | 'busy';

/** What one tab shows of its person's calls. One thing at a time. */
export type Shown =
  /** `done`: a call that this tab has nothing more to say about. */
  | { kind: 'nothing'; done: string | null }
  /** Somebody rings. `quiet`: put aside, without sound and without holding the keyboard. */
  | { kind: 'incoming'; call: CallView; quiet: boolean }
  /** It rings elsewhere. `here`: from this tab, which goes to the room once it is answered. */
  | { kind: 'outgoing'; call: CallView; here: boolean }
  /** On the way to the room. */
  | { kind: 'going'; call: CallView; slug: string }
  /** Answered, and another tab or device of the same person went there; or too late for who gave up. */
  | { kind: 'elsewhere'; call: CallView; slug: string | null }
  /** What became of one's own call. */
  | { kind: 'outcome'; call: CallView; what: Outcome };

export type CallAction =
  /** What the server says of the person's calls, whole. */
  | { type: 'news'; call: CallView | null }
  /** This tab has placed a call, and it rings. */
  | { type: 'placed'; call: CallView }
  /** This tab has answered, or was answered at once. */
  | { type: 'go'; call: CallView; slug: string }
  | { type: 'quiet' }
  /** Nobody goes to the room from here any more, whatever the other one answers meanwhile. */
  | { type: 'give-up' }
  | { type: 'close' };

export const NOTHING: Shown = { kind: 'nothing', done: null };

/** What a tab shows after something happened. */
export function show(shown: Shown, action: CallAction): Shown {
  switch (action.type) {
    case 'news':
      return action.call ? told(shown, action.call) : vanished(shown);
    case 'placed':
      return { kind: 'outgoing', call: action.call, here: true };
    case 'go':
      return { kind: 'going', call: action.call, slug: action.slug };
    case 'quiet':
      return shown.kind === 'incoming' ? { ...shown, quiet: true } : shown;
    case 'give-up':
      return shown.kind === 'outgoing' ? { ...shown, here: false } : shown;
    case 'close':
      return { kind: 'nothing', done: idOf(shown) };
  }
}

function told(shown: Shown, call: CallView): Shown {
  const known = idOf(shown) === call.id;
  switch (call.state) {
    case 'ringing':
      // On the way, or said no already: the news is older than what was pressed here.
      if (known && shown.kind !== 'incoming' && shown.kind !== 'outgoing') return shown;
      return call.role === 'callee'
        ? { kind: 'incoming', call, quiet: shown.kind === 'incoming' && known && shown.quiet }
        : { kind: 'outgoing', call, here: shown.kind === 'outgoing' && known && shown.here };
    case 'answered':
      return known ? answered(shown, call) : shown;
    case 'declined':
    case 'missed':
    case 'busy':
      if (known && shown.kind === 'outgoing') return { kind: 'outcome', call, what: call.state };
      return known && shown.kind === 'incoming' ? { kind: 'nothing', done: call.id } : shown;
    case 'cancelled':
    case 'ended':
      return known && (shown.kind === 'incoming' || shown.kind === 'outgoing')
        ? { kind: 'nothing', done: call.id }
        : shown;
  }
}

function answered(shown: Shown, call: CallView): Shown {
  // The room is told with the answer; a tab that heard of one before the other waits for both.
  if (shown.kind === 'outgoing' && shown.here)
    return call.slug ? { kind: 'going', call, slug: call.slug } : shown;
  if (shown.kind === 'outgoing' || shown.kind === 'incoming' || shown.kind === 'elsewhere')
    return { kind: 'elsewhere', call, slug: call.slug };
  return shown;
}

/** The server knows of no call any more: what still rings here does not. */
function vanished(shown: Shown): Shown {
  return shown.kind === 'incoming' || shown.kind === 'outgoing'
    ? { kind: 'nothing', done: shown.call.id }
    : shown;
}

function idOf(shown: Shown): string | null {
  return shown.kind === 'nothing' ? shown.done : shown.call.id;
}
