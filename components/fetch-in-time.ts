/** After this a question that nobody has begun to answer counts as lost, in ms. */
const ANSWER_MS = 15_000;

/**
 * `fetch`, but a question (GET) that gets no answer's beginning in time fails: on a connection of which the other end is gone,
 * nothing else would say so. However long the answer then takes is up to the line. What is sent has its own time.
 * @param answerMs  only tests shorten it
 */
export async function fetchInTime(
  input: RequestInfo | URL,
  init?: RequestInit,
  answerMs = ANSWER_MS,
): Promise<Response> {
  if (init?.method !== undefined && init.method !== 'GET') return fetch(input, init);
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), answerMs);
  const signals = [late.signal, ...(init?.signal ? [init.signal] : [])];
  try {
    return await fetch(input, { ...init, signal: AbortSignal.any(signals) });
  } finally {
    clearTimeout(timer);
  }
}
