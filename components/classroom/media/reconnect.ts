/** The SDK's own tries after a lost connection before new tokens are taken: short ones, since a restart takes seconds. */
export const SDK_TRIES = 6;

/** Wait before the SDK's next try, ms; null ends its tries. `random` is 0 to 1. */
export function sdkRetryDelay(tries: number, random: number): number | null {
  return tries >= SDK_TRIES ? null : Math.round(500 + random * 500);
}

/** Wait before the next token is taken, ms: doubling to 5 s, with half of it jitter, so that a class does not knock as one. */
export function rejoinDelay(attempt: number, random: number): number {
  const full = Math.min(5000, 500 * 2 ** attempt);
  return Math.round(full / 2 + (random * full) / 2);
}
