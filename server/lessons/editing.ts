import { Temporal } from 'temporal-polyfill';
import type { Executor } from '@/db/client';
import type { App } from '../app';
import { AppError } from '../errors';
import { followLessons, holdTeachers, requireNotGivenUp } from '../bookings/service';
import { tellCancelled, tellMoved, tellRestored } from './news';
import { dropReminders } from '../mail/service';
import { type Adjusted, findOverlaps, type Planned, planAt, readNow, requirePossible } from './planning';
import type { LessonRow } from './queries';
import * as series from './queries/series';
import { daysBetween, shiftLocal, shiftRule, splitRule } from './recurrence';
import { requireLesson } from './service';

/** Which lessons of a series are meant: this one, this and those after it, or all that are still to come. */
export type Scope = 'this' | 'following' | 'all';

export type LessonEdit = {
  lessonId: string;
  scope: Scope;
  /** The lesson's version as the editor saw it. */
  version: number;
  title: string;
  /** What the clock of `timeZone` is to show, as `2026-03-29T10:30`. */
  startsAt: string;
  timeZone: string;
  durationMinutes: number;
  /** What the series' other lessons go by, where that is not what this one does: for taking a change back. */
  rest?: Rest;
};
/** At which time of day (`10:30`) of which clock the lessons of a series are, and for how long. */
export type Rest = { time: string; timeZone: string; durationMinutes: number };
/** `version`: what the next change of the same lessons has to name, such as the one that takes this one back; `rest`: what the others of its
 * series went by before, which that has to name too, where they were changed along with it. */
export type Edited = {
  changed: number;
  version: number;
  rest: Rest | null;
  adjusted: Adjusted | null;
  overlaps: series.Overlap[];
};

/**
 * Changes when a lesson is and what it is called: this one, this and those after it (which become a series of their own where others came
 * before), or all. What has begun, is over, or was moved by itself keeps its time.
 * @throws AppError NOT_FOUND, NOT_ALLOWED; LESSON_ENDED where it has begun; CHANGED_MEANWHILE where somebody else was faster;
 *   SLOT_TAKEN for a booked lesson where another booking is; BAD_INPUT `{field, reason}`
 */
export async function editLesson(app: App, userId: string, edit: LessonEdit): Promise<Edited> {
  const lesson = await requireLesson(app, userId, edit.lessonId);
  if (lesson.status !== 'scheduled') throw new AppError('LESSON_ENDED');
  const planned = planAt(edit.startsAt, edit.timeZone);
  requirePossible([planned], edit.durationMinutes, await readNow(app));
  const { changes, rest } = await app.db.transaction(async (tx) => {
    await holdTeachers(tx, lesson.courseId);
    const version = await take(tx, lesson, edit.version);
    const whole = lesson.seriesId ? await series.findSeries(tx, lesson.seriesId) : null;
    const many = whole && edit.scope !== 'this';
    const made = many
      ? await editMany(app, tx, { lesson, edit, planned, whole, version })
      : [editOne({ lesson, edit, planned, whole, version })];
    if ((await series.changeLessons(tx, made)) < made.length) throw new AppError('CHANGED_MEANWHILE');
    const ids = made.map(({ id }) => id);
    await followLessons(tx, ids);
    if (!many) await series.noticeLessons(tx, [lesson.id]);
    if (planned.at.getTime() !== lesson.startsAt.getTime())
      await tellMoved(tx, { ...lesson, title: edit.title }, { startsAt: planned.at, by: userId });
    await dropReminders(tx, ids);
    return { changes: made, rest: many ? restBefore(whole) : null };
  });
  const lessons = changes.map(({ startsAt, durationMinutes }) => ({ at: startsAt, durationMinutes }));
  const ask = { courseId: lesson.courseId, viewerId: userId, except: changes.map((change) => change.id) };
  return {
    changed: changes.length,
    version: changes[0]?.version ?? edit.version,
    rest,
    adjusted: planned.adjusted,
    overlaps: await findOverlaps(app, ask, lessons),
  };
}

/** Holds a lesson's series, or the lesson that has none, and raises its version. @throws AppError CHANGED_MEANWHILE */
async function take(tx: Executor, lesson: LessonRow, version: number): Promise<number> {
  const taken = lesson.seriesId
    ? await series.takeSeries(tx, lesson.seriesId, version)
    : await series.takeLesson(tx, lesson.id, version);
  if (taken === null) throw new AppError('CHANGED_MEANWHILE');
  return taken;
}

function editOne({ lesson, edit, planned, whole, version }: One): series.LessonChange {
  const { title, timeZone, durationMinutes } = edit;
  return {
    ...{ id: lesson.id, title, timeZone, durationMinutes, startsAt: planned.at, version },
    ...{ seriesId: lesson.seriesId, occurrence: lesson.occurrence },
    moved: whole !== null && !standsIn(whole, lesson, { at: planned.at, durationMinutes }),
    renamed: lesson.renamed || (whole !== null && title !== lesson.title),
  };
}

const restBefore = ({ firstLocal, timeZone, durationMinutes }: series.SeriesRow): Rest => ({
  ...{ time: firstLocal.slice(11, 16), timeZone, durationMinutes },
});

/** What a change means for the other lessons: one that lasts longer or shorter than its series, and is only moved, makes none of them so. */
function restOf({ edit, lesson, whole }: Many): Rest {
  const { timeZone, durationMinutes } = edit;
  const kept = durationMinutes === lesson.durationMinutes ? whole.durationMinutes : durationMinutes;
  return edit.rest ?? { time: edit.startsAt.slice(11, 16), timeZone, durationMinutes: kept };
}

/** Whether a lesson is when its series has it: one that is put back goes with the others again. */
function standsIn(
  whole: Pick<Rest, 'timeZone' | 'durationMinutes'>,
  { occurrence }: Pick<LessonRow, 'occurrence'>,
  { at, durationMinutes }: { at: Date; durationMinutes: number },
): boolean {
  if (occurrence === null || durationMinutes !== whole.durationMinutes) return false;
  return planAt(occurrence, whole.timeZone).at.getTime() === at.getTime();
}

type One = {
  lesson: LessonRow;
  edit: LessonEdit;
  planned: Planned;
  /** The series that it belongs to. */
  whole: series.SeriesRow | null;
  version: number;
};
type Many = One & { whole: series.SeriesRow };

async function editMany(app: App, tx: Executor, many: Many): Promise<series.LessonChange[]> {
  const { lesson, edit, whole, version } = many;
  const from = edit.scope === 'following' ? lesson.occurrence : null;
  const ahead = await series.listAhead(tx, whole.id, from);
  const [first] = ahead;
  if (!first?.occurrence || !ahead.some(({ id }) => id === lesson.id)) throw new AppError('LESSON_ENDED');
  const ids = ahead.map((one) => one.id);
  const splits = await series.hasOthers(tx, whole.id, ids);
  const before = { rule: whole.rule, first: whole.firstLocal };
  const parts = splits ? splitRule(before, first.occurrence) : { before: null, after: before };
  const rest = restOf(many);
  const days = shiftDaysOf(lesson, edit);
  const part = parts.after && shiftRule(parts.after, days, rest.time);
  if (!part) throw new AppError('BAD_INPUT', { field: 'startsAt', reason: 'seriesDay' });
  const { timeZone, durationMinutes } = rest;
  const title = isRenamed(many) ? edit.title : whole.title;
  const changed = { title, timeZone, durationMinutes, firstLocal: part.first, rule: part.rule };
  let seriesId = whole.id;
  if (splits) {
    seriesId = app.newId();
    await series.insertSeries(tx, { ...changed, id: seriesId, courseId: whole.courseId, version });
    if (parts.before) {
      await series.changeSeries(tx, whole.id, { rule: parts.before.rule, firstLocal: parts.before.first });
    }
  } else await series.changeSeries(tx, whole.id, changed);
  await series.noticeSeries(tx, whole.id);
  return ahead.map((one) => follow(one, many, { days, rest, seriesId }));
}

/** By how many days a lesson is moved. */
function shiftDaysOf(lesson: LessonRow, edit: LessonEdit): number {
  const shown = Temporal.Instant.fromEpochMilliseconds(lesson.startsAt.getTime())
    .toZonedDateTimeISO(lesson.timeZone)
    .toPlainDate();
  return daysBetween(shown.toString(), edit.startsAt);
}

/** Whether the change is about the title too: one that goes by another than its series, and is only moved, gives it to no other. */
const isRenamed = ({ lesson, edit }: Many) => edit.title !== lesson.title;

/** What the change of one lesson means for another of its series. */
function follow(
  one: LessonRow,
  many: Many,
  { days, rest, seriesId }: { days: number; rest: Rest; seriesId: string },
): series.LessonChange {
  const { lesson, edit, planned, version } = many;
  const occurrence = shiftLocal(one.occurrence ?? edit.startsAt, days, rest.time);
  const itself = one.id === lesson.id;
  const placed = { id: one.id, seriesId, occurrence, version };
  if (itself) {
    const { timeZone, durationMinutes } = edit;
    const moved = !standsIn(rest, { occurrence }, { at: planned.at, durationMinutes });
    const title = isRenamed(many) ? edit.title : one.title;
    const renamed = !isRenamed(many) && one.renamed;
    return { ...placed, title, startsAt: planned.at, timeZone, durationMinutes, moved, renamed };
  }
  const { moved, renamed } = one;
  const title = isRenamed(many) && !renamed ? edit.title : one.title;
  const { startsAt, timeZone, durationMinutes } = moved
    ? one
    : { ...rest, startsAt: planAt(occurrence, rest.timeZone).at };
  return { ...placed, title, startsAt, timeZone, durationMinutes, moved, renamed };
}

/**
 * Calls lessons off: this one, this and those after it, or all that are still to come. What has begun or is over stays.
 * @returns those that are called off by this, for taking it back
 * @throws AppError NOT_FOUND, NOT_ALLOWED; LESSON_ENDED where there is nothing left to call off; CHANGED_MEANWHILE
 */
export async function cancelLessons(
  app: App,
  userId: string,
  { lessonId, scope, version }: { lessonId: string; scope: Scope; version: number | null },
): Promise<{ lessonIds: string[] }> {
  const lesson = await requireLesson(app, userId, lessonId);
  if (lesson.status === 'cancelled' && scope === 'this') return { lessonIds: [] };
  if (lesson.status !== 'scheduled') throw new AppError('LESSON_ENDED');
  const called = await app.db.transaction(async (tx) => {
    await take(tx, lesson, version ?? lesson.version);
    const from = scope === 'following' ? lesson.occurrence : null;
    const ahead =
      lesson.seriesId && scope !== 'this' ? await series.listAhead(tx, lesson.seriesId, from) : [];
    const ids = [...new Set([lesson.id, ...ahead.map((one) => one.id)])];
    const rows = await series.setStatus(tx, lesson.courseId, ids, 'cancelled');
    await followLessons(tx, ids);
    await noticeAll(tx, rows);
    if (rows.length > 0) await tellCancelled(tx, lesson, userId);
    await dropReminders(
      tx,
      rows.map(({ id }) => id),
    );
    return rows;
  });
  if (called.length === 0) throw new AppError('LESSON_ENDED');
  app.log.info({ lessonId, scope, lessons: called.length }, 'lessons cancelled');
  return { lessonIds: called.map((row) => row.id) };
}

/**
 * Takes back that lessons of one course were called off.
 * @throws AppError NOT_FOUND, NOT_ALLOWED; LESSON_ENDED where none of them is still called off; SLOT_TAKEN where its hour was booked since;
 *   BOOKING_GIVEN_UP where its student cancelled it
 */
export async function restoreLessons(app: App, userId: string, lessonIds: readonly string[]): Promise<void> {
  const [first = ''] = lessonIds;
  const lesson = await requireLesson(app, userId, first);
  if (lesson.status === 'scheduled') return;
  const restored = await app.db.transaction(async (tx) => {
    await holdTeachers(tx, lesson.courseId);
    await requireNotGivenUp(tx, lessonIds);
    const rows = await series.setStatus(tx, lesson.courseId, lessonIds, 'scheduled');
    await followLessons(tx, lessonIds);
    await tellRestored(tx, lesson.courseId, lessonIds);
    for (const id of new Set(rows.map((row) => row.seriesId))) {
      const known = id ? await series.findSeries(tx, id) : null;
      if (known) await series.takeSeries(tx, known.id, known.version);
    }
    await noticeAll(tx, rows);
    return rows;
  });
  if (restored.length === 0) throw new AppError('LESSON_ENDED');
}

/** One lesson of a series is told by itself; of several their series is told, once. */
async function noticeAll(tx: Executor, rows: readonly LessonRow[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  if (first.seriesId && rows.length > 1) return series.noticeSeries(tx, first.seriesId);
  await series.noticeLessons(
    tx,
    rows.map((row) => row.id),
  );
}
