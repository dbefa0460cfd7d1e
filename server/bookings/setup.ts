import type { App } from '../app';
import { AppError } from '../errors';
import { roomSlug } from '../rooms/service';
import type { HoursWish, OfferWish } from './inputs';
import { offerUrl } from './offer-url';
import type { HoursRow, OfferRow } from './queries';
import * as queries from './queries/setup';

const MAX_OFFERS = 30;
const TRIES = 5;
const WORKDAY = [{ from: '09:00', to: '17:00' }];

/** What somebody begins with: working days from nine to five on the clock of their zone, and rules that spare them surprises. */
function firstHours(teacherId: string, timeZone: string): HoursRow {
  return {
    teacherId,
    timeZone,
    weekly: [WORKDAY, WORKDAY, WORKDAY, WORKDAY, WORKDAY, [], []],
    exceptions: [],
    stepMinutes: 30,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 10,
    noticeMinutes: 12 * 60,
    horizonDays: 60,
    maxADay: null,
    changeMinutes: 24 * 60,
  };
}

/**
 * When a teacher can be booked, and for what. Who never offered anything gets the hours that they would begin with.
 * @param timeZone  the asking person's
 */
export async function readSetup(app: App, userId: string, timeZone: string) {
  const [hours, offers] = await Promise.all([
    queries.findHours(app.db, userId),
    queries.listOffers(app.db, userId),
  ]);
  const { teacherId: _teacherId, ...shown } = hours ?? firstHours(userId, timeZone);
  return { hours: shown, offers: offers.map((offer) => offerView(app, offer)) };
}

function offerView(app: Pick<App, 'env'>, offer: OfferRow) {
  const { id, slug, title, description, lengths, seats, open } = offer;
  return {
    id,
    slug,
    title,
    description,
    lengths,
    seats,
    open,
    url: offerUrl(app, slug),
  };
}

/** Changes when a teacher can be booked. What is booked already stays as it is. */
export async function saveHours(app: App, userId: string, wish: HoursWish): Promise<void> {
  await queries.upsertHours(app.db, { teacherId: userId, ...wish });
}

/**
 * Offers something to book, at an address that stays the same for life.
 * @param timeZone  for the hours of who has none yet
 * @throws AppError BAD_INPUT `{field: 'title', reason: 'tooMany'}` beyond 30 offers
 */
export async function createOffer(
  app: App,
  user: { id: string; name: string },
  { timeZone, ...wish }: OfferWish & { timeZone: string },
): Promise<{ id: string; slug: string }> {
  const offers = await queries.listOffers(app.db, user.id);
  if (offers.length >= MAX_OFFERS) throw new AppError('BAD_INPUT', { field: 'title', reason: 'tooMany' });
  const id = app.newId();
  return app.db.transaction(async (tx) => {
    await queries.insertHours(tx, firstHours(user.id, timeZone));
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const slug = roomSlug(`${user.name} ${wish.title}`, app.newId());
      if (await queries.insertOffer(tx, { ...wish, id, slug, teacherId: user.id })) return { id, slug };
    }
    throw new Error(`No free slug for an offer after ${TRIES} tries`);
  });
}

/** Changes what an offer is, or whether it takes bookings. @throws AppError NOT_FOUND where it is not theirs */
export async function changeOffer(
  app: App,
  userId: string,
  { offerId, ...change }: OfferWish & { offerId: string },
): Promise<void> {
  if (!(await queries.updateOffer(app.db, { offerId, teacherId: userId }, change)))
    throw new AppError('NOT_FOUND');
}

/** Takes an offer away; what was booked by it stays. `removed: false` takes that back. @throws AppError NOT_FOUND */
export async function removeOffer(
  app: App,
  userId: string,
  { offerId, removed }: { offerId: string; removed: boolean },
): Promise<void> {
  const change = { archivedAt: removed ? new Date() : null };
  if (!(await queries.updateOffer(app.db, { offerId, teacherId: userId }, change)))
    throw new AppError('NOT_FOUND');
}
