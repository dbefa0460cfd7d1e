import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Executor } from '@/db/client';
import { bookingHours, bookingOffers } from '@/db/schema';
import type { HoursRow, OfferRow } from '../queries';

export async function findHours(db: Executor, teacherId: string): Promise<HoursRow | null> {
  const [row] = await db.select().from(bookingHours).where(eq(bookingHours.teacherId, teacherId));
  return row ?? null;
}

export async function upsertHours(db: Executor, hours: HoursRow): Promise<void> {
  const { teacherId: _teacherId, ...change } = hours;
  await db
    .insert(bookingHours)
    .values(hours)
    .onConflictDoUpdate({ target: bookingHours.teacherId, set: change });
}

/** Hours for who has none yet; where there are some, they stay. */
export async function insertHours(db: Executor, hours: HoursRow): Promise<void> {
  await db.insert(bookingHours).values(hours).onConflictDoNothing();
}

export function listOffers(db: Executor, teacherId: string): Promise<OfferRow[]> {
  return db
    .select()
    .from(bookingOffers)
    .where(and(eq(bookingOffers.teacherId, teacherId), isNull(bookingOffers.archivedAt)))
    .orderBy(asc(bookingOffers.createdAt), asc(bookingOffers.id));
}

/** False where the slug is taken. */
export async function insertOffer(
  db: Executor,
  offer: Pick<OfferRow, 'id' | 'teacherId' | 'slug' | 'title' | 'description' | 'lengths' | 'seats' | 'open'>,
): Promise<boolean> {
  const rows = await db
    .insert(bookingOffers)
    .values(offer)
    .onConflictDoNothing({ target: bookingOffers.slug })
    .returning({ id: bookingOffers.id });
  return rows.length > 0;
}

/** False where there is no such offer of theirs. */
export async function updateOffer(
  db: Executor,
  { offerId, teacherId }: { offerId: string; teacherId: string },
  change: Partial<OfferRow>,
): Promise<boolean> {
  const rows = await db
    .update(bookingOffers)
    .set(change)
    .where(and(eq(bookingOffers.id, offerId), eq(bookingOffers.teacherId, teacherId)))
    .returning({ id: bookingOffers.id });
  return rows.length > 0;
}
