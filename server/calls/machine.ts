export const CALL_STATES = [
  'ringing',
  'answered',
  'declined',
  'cancelled',
  'missed',
  'busy',
  'ended',
] as const;

/** `busy`: it never rang. `ended`: it was answered, and is over. */
export type CallState = (typeof CALL_STATES)[number];

/** What happens to a call: the callee accepts or declines, the caller cancels, nobody answers in time, its class ends. */
export const CALL_EVENTS = ['accept', 'decline', 'cancel', 'time-out', 'end'] as const;
export type CallEvent = (typeof CALL_EVENTS)[number];

/** Each event counts in one state alone, and leads to one: whichever comes first decides, and nothing is decided twice. */
export const STEPS: Readonly<Record<CallEvent, { from: CallState; to: CallState }>> = {
  accept: { from: 'ringing', to: 'answered' },
  decline: { from: 'ringing', to: 'declined' },
  cancel: { from: 'ringing', to: 'cancelled' },
  'time-out': { from: 'ringing', to: 'missed' },
  end: { from: 'answered', to: 'ended' },
};

/** What a call is after an event; the same where the event comes too late. */
export function after(state: CallState, event: CallEvent): CallState {
  const { from, to } = STEPS[event];
  return state === from ? to : state;
}

/** Nothing happens to it any more. */
export function isOver(state: CallState): boolean {
  return state !== 'ringing' && state !== 'answered';
}
