import { z } from 'zod';
import type { App } from '../app';
import { AppError } from '../errors';
import { expandRule } from '../lessons/service';
import { resolveLink } from '../links/service';
import { fileText } from './ics';
import * as queries from './queries';

type Settings = Pick<App, 'env'>;

const placeAt = ({ env: { LECTERN_URL } }: Settings, path: string) => ({
  host: new URL(LECTERN_URL).hostname,
  url: new URL(path, LECTERN_URL).href,
});

/**
 * A lesson as a file for a calendar: for those in its course, and of a public course for anybody, who is led to its page.
 * @param askerId  the account that asks; null: nobody we know
 * @throws AppError NOT_FOUND: one answer for what is not there and what is not theirs
 */
export async function readLessonFile(app: App, askerId: string | null, lessonId: string): Promise<string> {
  const found = await findOpen(app, askerId, lessonId);
  const { lesson, courseTitle } = found;
  return fileText({ kind: 'lesson', lesson: { ...lesson, courseTitle } }, wayTo(app, found));
}

/** The same of the whole series that a lesson belongs to. @throws AppError NOT_FOUND, also for one that belongs to none */
export async function readSeriesFile(app: App, askerId: string | null, lessonId: string): Promise<string> {
  const found = await findOpen(app, askerId, lessonId);
  const { courseTitle } = found;
  const { seriesId } = found.lesson;
  const whole = seriesId === null ? null : await queries.findSeriesFile(app.db, seriesId);
  const dates = whole && expandRule(whole.series.rule, whole.series.firstLocal);
  if (!whole || !dates?.ok) throw new AppError('NOT_FOUND');
  const series = { ...whole.series, courseTitle, all: dates.all };
  const lessons = whole.lessons.map((lesson) => ({ ...lesson, courseTitle }));
  return fileText({ kind: 'series', series, lessons }, wayTo(app, found));
}

/** The lesson that a link leads to, as a file that brings whoever has it to the same door. @throws AppError LINK_INVALID, LESSON_ENDED */
export async function readLinkFile(app: App, token: string): Promise<string> {
  const { lessonId, courseTitle } = await resolveLink(app, token);
  const found = await queries.findLessonFile(app.db, lessonId, null);
  if (!found) throw new AppError('LINK_INVALID');
  return fileText(
    { kind: 'lesson', lesson: { ...found.lesson, courseTitle } },
    placeAt(app, `/join/${encodeURIComponent(token)}`),
  );
}

type Found = NonNullable<Awaited<ReturnType<typeof queries.findLessonFile>>>;

async function findOpen(app: App, askerId: string | null, lessonId: string): Promise<Found> {
  const found = z.uuid().safeParse(lessonId).success
    ? await queries.findLessonFile(app.db, lessonId, askerId)
    : null;
  if (!found || !(found.open || found.mine)) throw new AppError('NOT_FOUND');
  return found;
}

/** No link that lets anybody in: a calendar is shared on. Who follows this signs in, or finds the course's page. */
const wayTo = (app: Settings, { mine, roomSlug }: Found) =>
  placeAt(app, mine ? `/room/${roomSlug}` : `/c/${roomSlug}`);
