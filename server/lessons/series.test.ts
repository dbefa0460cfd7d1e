import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import type { App } from '../app';
import { createCourse, enrol } from '../courses/service';
import { createUser } from '../identity/service';
import { testApp } from '../testing';
import { cancelLessons, editLesson, type LessonEdit, restoreLessons, type Scope } from './editing';
import type { SeriesWish } from './planning';
import { previewSeries, scheduleSeries } from './series';
import { endLesson, scheduleLesson, startLesson } from './service';

let database: TestDatabase;
let app: App;
beforeAll(async () => {
  database = await createTestDatabase();
  app = testApp(database);
});
afterAll(() => database.drop());

/** Tuesdays and Thursdays at ten in Berlin, from a Tuesday of the year after next on: across both changes of the clocks. */
const FIRST = Temporal.Now.plainDateISO('UTC').add({ years: 1 }).with({ month: 2, day: 1 });
const TUESDAY = FIRST.add({ days: (9 - FIRST.dayOfWeek) % 7 }).toString();
const wish = (more: Partial<SeriesWish> = {}): SeriesWish => ({
  title: 'Leaves <b>and</b> light',
  startsAt: `${TUESDAY}T10:00`,
  timeZone: 'Europe/Berlin',
  durationMinutes: 60,
  rule: {
    every: { kind: 'weekly', interval: 1, weekdays: ['TU', 'TH'] },
    end: { kind: 'count', count: 8 },
    except: [],
  },
  ...more,
});

async function person(name = 'Ada') {
  return createUser(app, { email: `${app.newId()}@example.org`, name, password: 'a few plain words' });
}
async function courseOf(userId: string) {
  return (await createCourse(app, userId, { title: 'Botany', description: '' })).id;
}
type Row = {
  id: string;
  local: string;
  title: string;
  status: string;
  series_id: string;
  version: number;
  moved: boolean;
  duration_minutes: number;
};
const rowsOf = (courseId: string) => database.sql<Row[]>`
  select id, to_char(starts_at at time zone time_zone, 'YYYY-MM-DD"T"HH24:MI') as local, title, status, series_id, version, moved, duration_minutes
  from lessons where course_id = ${courseId} order by starts_at`;
const day = (days: number, time: string) =>
  `${Temporal.PlainDate.from(TUESDAY).add({ days }).toString()}T${time}`;

async function prepare(more: Partial<SeriesWish> = {}) {
  const teacher = await person();
  const courseId = await courseOf(teacher.id);
  const made = await scheduleSeries(app, teacher.id, { courseId, ...wish(more) });
  const rows = await rowsOf(courseId);
  const at = (index: number) => {
    const row = rows[index];
    if (!row) throw new Error('no such lesson');
    return row;
  };
  const edit = (index: number, scope: Scope, change: Partial<LessonEdit>) => {
    const { id: lessonId, local: startsAt, version, title } = at(index);
    const { timeZone, durationMinutes } = wish(more);
    return editLesson(app, teacher.id, {
      lessonId,
      scope,
      version,
      title,
      startsAt,
      timeZone,
      durationMinutes,
      ...change,
    });
  };
  return { teacher, courseId, made, at, edit, now: () => rowsOf(courseId) };
}
const locals = (rows: readonly Row[]) => rows.map((row) => row.local);
const WHOLE = [0, 2, 7, 9, 14, 16, 21, 23];

describe('a series', () => {
  it('is all its lessons, at the same time on the wall, summer and winter', async () => {
    const { now, made } = await prepare({ rule: { ...wish().rule, end: { kind: 'count', count: 60 } } });
    const rows = await now();
    expect(rows).toHaveLength(60);
    expect(new Set(rows.map((row) => row.local.slice(11)))).toEqual(new Set(['10:00']));
    expect(made.adjusted).toEqual([]);
  });
  it('tells of the lessons whose hour the clocks skip or repeat', async () => {
    const teacher = await person();
    const courseId = await courseOf(teacher.id);
    const { adjusted, count } = await previewSeries(app, teacher.id, {
      courseId,
      ...{ startsAt: `${TUESDAY}T02:30`, timeZone: 'Europe/Berlin', durationMinutes: 60 },
      rule: {
        every: { kind: 'weekly', interval: 1, weekdays: ['SU'] },
        end: { kind: 'count', count: 45 },
        except: [],
      },
    });
    expect(count).toBe(45);
    expect(adjusted.map(({ what }) => what)).toEqual(['skipped', 'repeated']);
    const shown = Temporal.Instant.fromEpochMilliseconds(adjusted[0]?.at ?? 0).toZonedDateTimeISO(
      'Europe/Berlin',
    );
    expect(shown.toPlainTime().toString({ smallestUnit: 'minute' })).toBe('03:30');
  });
  it('is refused by field and reason, and makes nothing', async () => {
    const teacher = await person();
    const courseId = await courseOf(teacher.id);
    const { rule } = wish();
    const bad: [Partial<SeriesWish>, object][] = [
      [{ timeZone: 'Mars/Olympus' }, { field: 'timeZone', reason: 'zone' }],
      [{ startsAt: 'soon' }, { field: 'startsAt', reason: 'time' }],
      [{ startsAt: '2020-01-07T10:00' }, { field: 'startsAt', reason: 'past' }],
      [{ durationMinutes: -60 }, { field: 'durationMinutes', reason: 'duration' }],
      [
        { rule: { ...rule, every: { kind: 'weekly', interval: 0, weekdays: ['TU'] } } },
        { field: 'interval', reason: 'interval' },
      ],
      [{ rule: { ...rule, end: { kind: 'count', count: 100_000 } } }, { field: 'end', reason: 'tooMany' }],
      [
        { rule: { ...rule, end: { kind: 'until', date: '2020-01-01' } } },
        { field: 'end', reason: 'untilBefore' },
      ],
      [{ rule: { ...rule, end: { kind: 'count', count: 390 } } }, { field: 'startsAt', reason: 'tooFar' }],
    ];
    for (const [more, details] of bad) {
      const made = scheduleSeries(app, teacher.id, { courseId, ...wish(more) });
      await expect(made).rejects.toMatchObject({ code: 'BAD_INPUT', details });
    }
    expect(await rowsOf(courseId)).toEqual([]);
  });
  it('is for those who run the course', async () => {
    const { courseId, teacher, at } = await prepare();
    const [student, stranger] = [await person(), await person()];
    await enrol(app, teacher.id, { courseId, email: student.email, role: 'student' });
    for (const [who, code] of [
      [student, 'NOT_ALLOWED'],
      [stranger, 'NOT_FOUND'],
    ] as const) {
      const { id: lessonId, version } = at(0);
      await expect(scheduleSeries(app, who.id, { courseId, ...wish() })).rejects.toThrow(code);
      await expect(previewSeries(app, who.id, { courseId, ...wish() })).rejects.toThrow(code);
      const edit = { lessonId, version, scope: 'all' as const, ...wish() };
      await expect(editLesson(app, who.id, edit)).rejects.toThrow(code);
      await expect(cancelLessons(app, who.id, { lessonId, version, scope: 'all' })).rejects.toThrow(code);
      await expect(restoreLessons(app, who.id, [lessonId])).rejects.toThrow(code);
    }
  });
});

describe('a change', () => {
  it('of this lesson leaves the others', async () => {
    const { edit, now } = await prepare();
    await edit(2, 'this', { startsAt: day(8, '11:30'), title: 'Roots' });
    const rows = await now();
    expect(locals(rows)).toEqual(WHOLE.map((days) => (days === 7 ? day(8, '11:30') : day(days, '10:00'))));
    expect(rows.map((row) => row.title === 'Roots')).toEqual(WHOLE.map((days) => days === 7));
    expect(new Set(rows.map((row) => row.series_id)).size).toBe(1);
  });
  it('of this and the following makes a series of its own, and together they are the whole', async () => {
    const { edit, now } = await prepare();
    await edit(3, 'following', { startsAt: day(9, '16:15'), durationMinutes: 90 });
    const rows = await now();
    expect(locals(rows)).toEqual(WHOLE.map((days) => day(days, days < 9 ? '10:00' : '16:15')));
    const [first, second] = [...new Set(rows.map((row) => row.series_id))];
    expect(rows.map((row) => row.series_id)).toEqual(WHOLE.map((days) => (days < 9 ? first : second)));
    const kept =
      await database.sql`select rule from lesson_series where id in ${database.sql([first ?? '', second ?? ''])}`;
    expect(
      kept.map((row) => (row.rule as { end: { count: number } }).end.count).toSorted((a, b) => a - b),
    ).toEqual([3, 5]);
  });
  it('of all moves all by as many days, and leaves what was moved by itself', async () => {
    const { edit, now, at } = await prepare();
    await edit(5, 'this', { startsAt: day(20, '08:00') });
    await edit(0, 'all', { version: at(0).version + 1, startsAt: day(1, '12:00'), title: 'Trees' });
    const rows = await now();
    expect(locals(rows)).toEqual(
      WHOLE.map((days) => (days === 16 ? day(20, '08:00') : day(days + 1, '12:00'))),
    );
    expect(new Set(rows.map((row) => row.title))).toEqual(new Set(['Trees']));
    expect(new Set(rows.map((row) => row.series_id)).size).toBe(1);
  });
  it('that is taken back leaves a lesson one of its series, with the version that the change gave', async () => {
    const { edit, now } = await prepare();
    const { version } = await edit(2, 'this', { startsAt: day(8, '11:30') });
    expect((await now())[2]).toMatchObject({ moved: true, version });
    const back = await edit(2, 'this', { version, startsAt: day(7, '10:00') });
    expect((await now())[2]).toMatchObject({ moved: false });
    await edit(0, 'all', { version: back.version, startsAt: day(0, '12:00') });
    expect(locals(await now())).toEqual(WHOLE.map((days) => day(days, '12:00')));
  });
  it('of the time alone gives the title of one to no other', async () => {
    const { edit, now } = await prepare();
    const { version } = await edit(2, 'this', { startsAt: day(7, '10:00'), title: 'Roots' });
    await edit(2, 'all', { version, startsAt: day(7, '12:00'), title: 'Roots' });
    const rows = await now();
    expect(rows.map((row) => row.title === 'Roots')).toEqual(WHOLE.map((days) => days === 7));
    expect(locals(rows)).toEqual(WHOLE.map((days) => day(days, '12:00')));
  });
  it('of all, begun at one that had left its series, is taken back whole', async () => {
    const { edit, now } = await prepare();
    const own = { startsAt: day(8, '11:30'), durationMinutes: 90 };
    const left = await edit(2, 'this', own);
    const whole = async () =>
      (await now()).map(({ local, moved, duration_minutes }) => ({ local, moved, duration_minutes }));
    const before = await whole();
    const moved = { startsAt: day(9, '15:00'), durationMinutes: 90 };
    const done = await edit(2, 'all', { version: left.version, ...moved });
    // The others go along, by as many days and to its time of day; how long it is stays its own.
    expect(await whole()).toEqual(
      WHOLE.map((days) =>
        days === 7
          ? { local: day(9, '15:00'), moved: true, duration_minutes: 90 }
          : { local: day(days + 1, '15:00'), moved: false, duration_minutes: 60 },
      ),
    );
    expect(done.rest).toEqual({ time: '10:00', timeZone: 'Europe/Berlin', durationMinutes: 60 });
    await edit(2, 'all', { version: done.version, ...own, ...(done.rest && { rest: done.rest }) });
    expect(await whole()).toEqual(before);
  });
  it('never touches what was held or runs', async () => {
    const { edit, now, at, teacher } = await prepare();
    await startLesson(app, at(0).id);
    await endLesson(app, at(0).id, 'ended');
    await startLesson(app, at(1).id);
    await edit(4, 'all', { startsAt: day(14, '18:00') });
    const rows = await now();
    expect(locals(rows)).toEqual(WHOLE.map((days, index) => day(days, index < 2 ? '10:00' : '18:00')));
    await expect(edit(1, 'this', { title: 'No' })).rejects.toThrow('LESSON_ENDED');
    const { id: lessonId, version = 0 } = rows[4] ?? {};
    await cancelLessons(app, teacher.id, { lessonId: lessonId ?? '', scope: 'all', version });
    expect((await now()).map((row) => row.status)).toEqual([
      'ended',
      'live',
      ...Array.from({ length: 6 }, () => 'cancelled'),
    ]);
  });
  it('of two editors of one series is one change: the second is told, and overwrites nothing', async () => {
    const { edit, now } = await prepare();
    const both = await Promise.allSettled([
      edit(0, 'all', { startsAt: day(0, '12:00') }),
      edit(3, 'following', { startsAt: day(9, '14:00') }),
    ]);
    expect(both.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const refused = both.find((one) => one.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'CHANGED_MEANWHILE' });
    const hours = new Set((await now()).map((row) => row.local.slice(11)));
    expect(hours.has('12:00') && hours.has('14:00')).toBe(false);
    await expect(edit(1, 'this', { title: 'Late' })).rejects.toThrow('CHANGED_MEANWHILE');
  });
  it('to a time that is past, none, or in no zone is refused', async () => {
    const { edit, now } = await prepare();
    for (const [change, details] of [
      [{ startsAt: '2020-01-07T10:00' }, { field: 'startsAt', reason: 'past' }],
      [{ startsAt: '2027-02-30T10:00' }, { field: 'startsAt', reason: 'time' }],
      [{ timeZone: '+02:00' }, { field: 'timeZone', reason: 'zone' }],
      [{ durationMinutes: 0 }, { field: 'durationMinutes', reason: 'duration' }],
    ] as const) {
      await expect(edit(2, 'following', change)).rejects.toMatchObject({ code: 'BAD_INPUT', details });
    }
    expect(locals(await now())).toEqual(WHOLE.map((days) => day(days, '10:00')));
  });
});

describe('calling off', () => {
  it.each([
    ['this', [7]],
    ['following', [7, 9, 14, 16, 21, 23]],
    ['all', WHOLE],
  ] as const)('%s, and taking it back', async (scope, days) => {
    const { teacher, at, now } = await prepare();
    const { id: lessonId, version } = at(2);
    const { lessonIds } = await cancelLessons(app, teacher.id, { lessonId, scope, version });
    expect((await now()).map((row) => row.status === 'cancelled')).toEqual(
      WHOLE.map((one) => (days as readonly number[]).includes(one)),
    );
    // The list that somebody else still looks at is older than this.
    const stale = { lessonId: at(0).id, scope: 'this' as const, version };
    if (scope !== 'all')
      await expect(cancelLessons(app, teacher.id, stale)).rejects.toThrow('CHANGED_MEANWHILE');
    await restoreLessons(app, teacher.id, lessonIds);
    expect(new Set((await now()).map((row) => row.status))).toEqual(new Set(['scheduled']));
  });
});

describe('who teaches two things at once', () => {
  it('is told which, and may', async () => {
    const { teacher } = await prepare();
    const other = await courseOf(teacher.id);
    const at = {
      courseId: other,
      title: 'Zoology',
      startsAt: day(7, '10:30'),
      timeZone: 'Europe/Berlin',
      durationMinutes: 60,
    };
    const { overlaps, lessonId } = await scheduleLesson(app, teacher.id, at);
    expect(overlaps).toMatchObject([{ title: 'Leaves <b>and</b> light', teacherName: 'Ada' }]);
    const free = await scheduleLesson(app, teacher.id, { ...at, startsAt: day(7, '11:30') });
    expect(free.overlaps).toMatchObject([]);
    const edit = { lessonId, scope: 'this' as const, version: 1, ...at, startsAt: day(8, '10:30') };
    expect((await editLesson(app, teacher.id, edit)).overlaps).toEqual([]);
  });
  it('learns nothing of a course that is not theirs but that the other teacher is busy', async () => {
    const { teacher } = await prepare();
    const owner = await person('Bea');
    const courseId = await courseOf(owner.id);
    await enrol(app, owner.id, { courseId, email: teacher.email, role: 'teacher' });
    const { overlaps } = await previewSeries(app, owner.id, { courseId, ...wish() });
    expect(overlaps[0]).toMatchObject({ title: null, teacherName: 'Ada' });
    expect(overlaps).toHaveLength(5);
  });
});

it('an hour on the day of 25 hours is an hour', async () => {
  const teacher = await person();
  const courseId = await courseOf(teacher.id);
  const year = FIRST.year;
  const sunday = Temporal.PlainDate.from({ year, month: 10, day: 31 });
  const last = sunday.subtract({ days: sunday.dayOfWeek % 7 }).toString();
  const at = {
    courseId,
    title: 'Night',
    startsAt: `${last}T02:30`,
    timeZone: 'Europe/Berlin',
    durationMinutes: 60,
  };
  const { adjusted } = await scheduleLesson(app, teacher.id, at);
  expect(adjusted).toBe('repeated');
  const [row] = await database.sql<{ starts: string; ends: string }[]>`
    select to_char(starts_at at time zone 'UTC', 'HH24:MI') as starts,
      to_char((starts_at + duration_minutes * interval '1 minute') at time zone 'Europe/Berlin', 'HH24:MI') as ends
    from lessons where course_id = ${courseId}`;
  expect(row).toEqual({ starts: '00:30', ends: '02:30' });
});
