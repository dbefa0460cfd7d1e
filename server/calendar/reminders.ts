import type { Executor } from '@/db/client';
import type { App } from '../app';
import { type MailWish, queueMails } from '../mail/service';
import { type OwnLink, ownLinks } from './own-links';
import * as queries from './queries';

const AT_ONCE = 500;

/** Writes the reminders that are due, some hundreds in a transaction; each once, however often and by however many it is done. */
export async function writeDueReminders(app: App, signal: AbortSignal): Promise<number> {
  let written = 0;
  while (!signal.aborted) {
    const some = await app.db.transaction((tx) => writeSome(app, tx));
    if (some === 0) break;
    written += some;
  }
  if (written > 0) app.log.info({ written }, 'reminders written');
  return written;
}

async function writeSome(app: App, tx: Executor): Promise<number> {
  const due = await queries.listDueReminders(tx, AT_ONCE);
  if (due.length === 0) return 0;
  const links = await linksOf(app, tx, due);
  return queueMails(
    app,
    tx,
    due.map((one) => toMail(one, links.get(`${one.lessonId} ${one.userId}`) ?? null)),
  );
}

/** Everybody's own link to their lesson; none for staff, who sign in, and for whose link was revoked. */
async function linksOf(app: App, tx: Executor, due: readonly queries.DueReminder[]) {
  const known = await queries.findPersonalLinks(tx, [...new Set(due.map((one) => one.lessonId))]);
  const wanted = new Map(
    due
      .filter(({ staff }) => !staff)
      .map(({ lessonId, userId, name }) => [`${lessonId} ${userId}`, { lessonId, userId, name }]),
  );
  return ownLinks(app, tx, known, wanted);
}

function toMail(one: queries.DueReminder, link: OwnLink | null): MailWish {
  const { kind, startsAt, userId, title, courseTitle, timeZone, roomSlug } = one;
  return {
    key: one.key,
    to: { address: one.email, name: one.name, userId },
    template: 'lesson-reminder',
    data: {
      kind,
      lessonTitle: title,
      courseTitle,
      startsAt,
      timeZone,
      way: { link, path: `/room/${roomSlug}` },
    },
    expiresAt: new Date(startsAt),
  };
}
