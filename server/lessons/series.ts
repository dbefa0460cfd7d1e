import type { App } from '../app';
import { holdTeachers } from '../bookings/service';
import { mayRunLessons, requireCourse } from '../courses/service';
import { type Adjusted, findOverlaps, type Planned, planSeries, readNow, type SeriesWish } from './planning';
import { insertLessons, insertSeries, type Overlap } from './queries/series';
import { expandRule } from './recurrence';

/** What a series would be. Instants in ms since the epoch. */
export type SeriesPreview = {
  count: number;
  first: number;
  last: number;
  /** The lessons whose hour the clocks skip or repeat. */
  adjusted: { local: string; at: number; what: Adjusted }[];
  overlaps: Overlap[];
};

const adjustedOf = (planned: readonly Planned[]) =>
  planned.flatMap(({ local, at, adjusted }) =>
    adjusted ? [{ local, at: at.getTime(), what: adjusted }] : [],
  );

/**
 * What a series would be, before it is made; owner and teachers may ask.
 * @throws AppError NOT_FOUND, NOT_ALLOWED; BAD_INPUT `{field, reason}` for what can be no series
 */
export async function previewSeries(
  app: App,
  userId: string,
  { courseId, ...wish }: Omit<SeriesWish, 'title'> & { courseId: string },
): Promise<SeriesPreview> {
  await requireCourse(app, userId, courseId, mayRunLessons);
  const planned = planSeries(wish, await readNow(app));
  const lessons = planned.map(({ at }) => ({ at, durationMinutes: wish.durationMinutes }));
  return {
    count: planned.length,
    first: planned[0]?.at.getTime() ?? 0,
    last: planned.at(-1)?.at.getTime() ?? 0,
    adjusted: adjustedOf(planned),
    overlaps: await findOverlaps(app, { courseId, viewerId: userId }, lessons),
  };
}

/**
 * Makes a series with all its lessons, at most 400; owner and teachers may. Each keeps its time on the wall across daylight saving; `adjusted` tells of
 * those that cannot.
 * @throws AppError NOT_FOUND, NOT_ALLOWED; BAD_INPUT `{field, reason}`
 */
export async function scheduleSeries(
  app: App,
  userId: string,
  { courseId, ...wish }: SeriesWish & { courseId: string },
): Promise<{
  seriesId: string;
  lessonIds: string[];
  adjusted: SeriesPreview['adjusted'];
  overlaps: Overlap[];
}> {
  const course = await requireCourse(app, userId, courseId, mayRunLessons);
  const planned = planSeries(wish, await readNow(app));
  const { title, timeZone, durationMinutes, rule } = wish;
  const seriesId = app.newId();
  const whole = expandRule(rule, wish.startsAt);
  // The first lesson by the rule: the day that was given need not be one of its days.
  const firstLocal = whole.ok ? (whole.all[0] ?? wish.startsAt) : wish.startsAt;
  const rows = planned.map(({ local, at }) => ({
    ...{ id: app.newId(), courseId: course.id, roomId: course.roomId, title, timeZone, durationMinutes },
    ...{ startsAt: at, seriesId, occurrence: local },
  }));
  const overlaps = await app.db.transaction(async (tx) => {
    await holdTeachers(tx, course.id);
    const found = await findOverlaps(
      { db: tx },
      { courseId, viewerId: userId },
      planned.map(({ at }) => ({ at, durationMinutes })),
    );
    await insertSeries(tx, {
      ...{
        id: seriesId,
        courseId: course.id,
        title,
        firstLocal,
        timeZone,
        durationMinutes,
        rule,
        version: 1,
      },
    });
    await insertLessons(tx, rows);
    return found;
  });
  app.log.info({ seriesId, courseId, lessons: rows.length }, 'series scheduled');
  return { seriesId, lessonIds: rows.map((row) => row.id), adjusted: adjustedOf(planned), overlaps };
}
