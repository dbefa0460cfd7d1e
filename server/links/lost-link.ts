import type { Executor } from '@/db/client';
import type { App } from '../app';
import { addressOf } from '../http';
import { countLostLink } from '../identity/service';
import { enqueue } from '../jobs/queue';
import { parseLinkToken } from '../link-tokens';
import { queueMail } from '../mail/service';
import * as queries from './queries';

/** The links in one mail: more than somebody has classes in a day. */
const LINKS_IN_MAIL = 5;

/**
 * Somebody who lost their link asks for it by the address of their account. Nothing that comes back, and not how long it takes, tells whether anybody has
 * that address: who that is, a job finds out.
 * @param token  of the link that did not work, or of the shared one at whose door they stand
 * @throws AppError TOO_MANY_REQUESTS
 */
export async function askForLink(
  app: App,
  { email, token }: { email: string; token: string },
  headers: Headers,
): Promise<void> {
  await countLostLink(app, email, addressOf(headers, app.env.LECTERN_PROXIES));
  const parsed = parseLinkToken(token);
  const about =
    parsed?.kind === 'lesson' || parsed?.kind === 'personal'
      ? await queries.findLinkedLesson(app.db, { kind: parsed.kind, id: parsed.id })
      : null;
  await enqueue(app, app.db, 'lost-link', { id: app.newId(), email, about });
}

/**
 * Mails the links to their lessons to whoever has an address; nobody does: nothing. Of the course that the lost link belonged to, where they are in it.
 * @param id  makes it one mail, however often it is tried
 */
export async function mailLinks(
  app: App,
  { id, email, about }: { id: string; email: string; about: string | null },
): Promise<void> {
  const person = await queries.findAccount(app.db, email);
  if (!person) return;
  const lesson = about === null ? null : await queries.findLessonOfMember(app.db, about, person.id);
  const gone =
    lesson && (lesson.status === 'ended' || lesson.status === 'cancelled')
      ? { title: lesson.title, status: lesson.status }
      : null;
  await app.db.transaction(async (tx) => {
    const lessons = await queries.listOwnLessons(tx, {
      ...{ userId: person.id, courseId: lesson?.courseId ?? null, limit: LINKS_IN_MAIL },
    });
    const links = await Promise.all(lessons.map((one) => linkTo(app, tx, person, one)));
    await queueMail(app, tx, {
      key: `lost-link:${id}`,
      to: { address: person.email, name: person.name, userId: person.id },
      template: 'join-link',
      data: {
        gone,
        lessons: lessons.map(({ title, courseTitle, at, timeZone, roomSlug }, index) => ({
          ...{ title, courseTitle, at, timeZone },
          way: { link: links[index] ?? null, path: `/room/${roomSlug}` },
        })),
      },
    });
  });
}

/** Their own link to a lesson, made where they have none that counts; null for staff, who sign in. */
async function linkTo(
  app: App,
  tx: Executor,
  { id: userId, name }: { id: string; name: string },
  { lessonId, staff, link }: queries.OwnLesson,
): Promise<{ id: string; version: number } | null> {
  if (staff || link) return staff ? null : link;
  return queries.insertPersonalLink(tx, { id: app.newId(), lessonId, userId, name });
}
