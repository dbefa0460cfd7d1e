import type { Sample } from '../../../e2e/support/time-code';

const CLOSE_MS = 80;
/** They have to stay so for as long. */
const STAYS_MS = 500;
/** Where nothing was seen for longer, it is not known where a player was. */
const LONGEST_GAP_MS = 250;

/** Between one look at a player and the next, ms. */
export const gapsOf = (samples: readonly Sample[]): number[] =>
  samples.slice(1).map(([at], index) => at - (samples[index]?.[0] ?? at));

export type Distance = { ms: number; gapMs: number };

/**
 * How far two players are apart whenever the first was looked at; `gapMs` is the distance of the looks between which that lies: so
 * much is the measuring's own.
 */
export function distances(first: readonly Sample[], second: readonly Sample[]): Distance[] {
  const found: Distance[] = [];
  let next = 0;
  for (const [index, [at, place]] of first.entries()) {
    while (next < second.length && (second[next]?.[0] ?? 0) < at) next += 1;
    const [before, after] = [second[next - 1], second[next]];
    if (!before || !after || after[0] - before[0] > LONGEST_GAP_MS) continue;
    const gapMs = Math.max(after[0] - before[0], at - (first[index - 1]?.[0] ?? at));
    found.push({ ms: Math.abs(place - between(before, after, at)), gapMs });
  }
  return found;
}

/** The first instant from which on every two are within 80 ms of each other, for half a second at least; null: not yet. */
export function closeSince(all: readonly Sample[][], since: number): number | null {
  const end = Math.min(...all.map((samples) => samples.at(-1)?.[0] ?? 0));
  let close: number | null = null;
  for (let at = since; at <= end; at += 20) {
    const places = all.map((samples) => placeAt(samples, at)).filter((place) => place !== null);
    const within = places.length === all.length && Math.max(...places) - Math.min(...places) <= CLOSE_MS;
    if (!within) close = null;
    else close ??= at;
  }
  return close !== null && end - close >= STAYS_MS ? close : null;
}

function placeAt(samples: readonly Sample[], at: number): number | null {
  const after = samples.findIndex(([shownAt]) => shownAt >= at);
  const [before, next] = [samples[after - 1], samples[after]];
  return before && next && next[0] - before[0] <= LONGEST_GAP_MS ? between(before, next, at) : null;
}

function between(before: Sample, after: Sample, at: number): number {
  return before[1] + ((after[1] - before[1]) * (at - before[0])) / (after[0] - before[0]);
}

/** When the second of two different pictures was shown; null: it stands. */
export function movedAt(samples: readonly Sample[]): number | null {
  const [first] = samples;
  return samples.find(([, film]) => first && film !== first[1])?.[0] ?? null;
}

/** Every two of them, once. */
export function pairs<T>(list: readonly T[]): [T, T][] {
  return list.flatMap((a, index) => list.slice(index + 1).map((b): [T, T] => [a, b]));
}
