import type { Executor } from '@/db/client';
import { AppError } from '../errors';
import { DAY_MS, type FreeHour, freeHours, type Hours, type Span } from './free-hours';
import { checkHour, nearest } from './policy';
import * as queries from './queries';

/** Other hours that are offered to who wished for one that is taken. */
const OTHERS = 6;
/** Where they are looked for, around the one that was wished for. */
const NEAR = { before: DAY_MS, after: DAY_MS };
/** Where that is too few, as over a weekend. */
const FAR = { before: 3 * DAY_MS, after: 14 * DAY_MS };
/** What is read beside a span: days are counted whole, and buffers reach out of it. */
const BESIDE_MS = 1.25 * DAY_MS;

export type Wish = {
  offer: Pick<queries.OfferRow, 'id' | 'teacherId' | 'seats'>;
  hours: Hours;
  lengthMinutes: number;
  now: number;
  /** A booking that is moved is not in its own way. */
  exceptSlotId?: string;
};
export type Look = { free: FreeHour[]; taken: queries.Taken[] };

/** What is free of a teacher within a span: two statements at most, however long it is. */
export async function lookAt(db: Executor, wish: Wish, window: Span): Promise<Look> {
  const { offer, hours, lengthMinutes, now, exceptSlotId } = wish;
  const { teacherId, seats } = offer;
  const beside = { from: window.from - BESIDE_MS, to: window.to + BESIDE_MS };
  const all = await queries.listTaken(db, teacherId, beside);
  const taken = all.filter(({ slotId }) => slotId === null || slotId !== exceptSlotId);
  const slots = taken.filter(({ slotId }) => slotId !== null);
  const open = slots
    .filter(
      (slot) => slot.offerId === offer.id && slot.minutes === lengthMinutes && slot.status === 'scheduled',
    )
    .map(({ at, students }) => ({ at, seatsLeft: seats - students }));
  const free = freeHours({
    ...{ hours, lengthMinutes, seats, now, window, open },
    busy: taken,
    booked: slots.map(({ at }) => at),
  });
  return { free, taken };
}

/** @throws AppError BAD_INPUT `{field: 'at', reason: 'past' | 'notice' | 'horizon'}` */
export function requirePossible(at: number, now: number, hours: Hours): void {
  const reason = checkHour(at, now, hours);
  if (reason) throw new AppError('BAD_INPUT', { field: 'at', reason });
}

/**
 * An hour that is free, with the booked hour that has a seat left (null: nobody has booked it yet).
 * @throws AppError SLOT_TAKEN with `others`: hours nearby that are free, in ms since the epoch, joined by commas
 */
export async function requireFree(db: Executor, wish: Wish, at: number): Promise<queries.Taken | null> {
  const { free, taken } = await lookAt(db, wish, { from: at - NEAR.before, to: at + NEAR.after });
  if (!free.some((hour) => hour.at === at)) throw takenError(await findOthers(db, wish, at, free));
  return taken.find((one) => one.offerId === wish.offer.id && one.at === at) ?? null;
}

/** The refusal of an hour that turned out to be taken, with others. */
export async function refuseTaken(db: Executor, wish: Wish, at: number, cause: unknown): Promise<AppError> {
  return takenError(await findOthers(db, wish, at, []), { cause });
}

/** Free hours nearby, in ms; farther off where there are few. @param near  those that were found already */
async function findOthers(
  db: Executor,
  wish: Wish,
  at: number,
  near: readonly FreeHour[],
): Promise<number[]> {
  const othersIn = (free: readonly FreeHour[]) =>
    nearest(
      free.map((hour) => hour.at).filter((other) => other !== at),
      at,
      OTHERS,
    );
  const others = othersIn(near);
  if (others.length === OTHERS) return others;
  return othersIn((await lookAt(db, wish, { from: at - FAR.before, to: at + FAR.after })).free);
}

const takenError = (others: readonly number[], options?: ErrorOptions) =>
  new AppError('SLOT_TAKEN', { others: others.join() }, options);
