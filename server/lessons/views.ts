import type { App } from '../app';
import { listRestorable } from '../bookings/service';
import { type CourseRole, getCourse, mayRunLessons } from '../courses/service';
import { lessonLinkUrl } from '../links/service';
import { factsOf, type LessonFacts } from './facts';
import { planAt } from './planning';
import * as queries from './queries';
import { listSeries } from './queries/series';
import { expandRule, type Rule, rruleText } from './recurrence';

/** A lesson as its course's people see it. Instants are ms since the epoch. */
export type LessonView = LessonFacts & {
  startedAt: number | null;
  endedAt: number | null;
  /** The shared link, for those who hand it out: owner and teachers, while it opens anything. */
  link: string | null;
  /** Whether the reader may put back that it was called off. */
  mayRestore: boolean;
};

type Reader = { role: CourseRole; restorable: ReadonlySet<string> };

function toView(app: App, { role, restorable }: Reader, row: queries.LessonRow): LessonView {
  const { status } = row;
  return {
    ...factsOf(row),
    startedAt: row.startedAt?.getTime() ?? null,
    endedAt: row.endedAt?.getTime() ?? null,
    link:
      mayRunLessons(role) && (status === 'scheduled' || status === 'live') ? lessonLinkUrl(app, row) : null,
    mayRestore: mayRunLessons(role) && restorable.has(row.id),
  };
}

/** How a series goes on, for its words. `until`: its last lesson, ms since the epoch. */
export type SeriesView = {
  id: string;
  rule: Rule;
  count: number;
  until: number;
  /** What another calendar is told: its first lesson, and its rule in the words of RFC 5545, null where lessons differ from it. */
  add: {
    title: string;
    startsAt: number;
    durationMinutes: number;
    series: { rrule: string | null; timeZone: string };
  };
};

async function readSeries(app: App, rows: readonly queries.LessonRow[]): Promise<SeriesView[]> {
  const ids = [...new Set(rows.flatMap((row) => row.seriesId ?? []))];
  const found = ids.length > 0 ? await listSeries(app.db, ids) : [];
  return found.flatMap(({ id, rule, firstLocal, ...series }) => {
    const { title, timeZone, durationMinutes } = series;
    const whole = expandRule(rule, firstLocal);
    const [first, last] = whole.ok ? [whole.held[0], whole.held.at(-1)] : [];
    if (!whole.ok || !first || !last) return [];
    const at = (local: string) => planAt(local, timeZone).at.getTime();
    const differs = rows.some(
      (row) => row.seriesId === id && (row.status === 'cancelled' || row.moved || row.renamed),
    );
    const rrule = differs || whole.held.length < whole.all.length ? null : rruleText(rule, whole.all.length);
    const add = { title, startsAt: at(first), durationMinutes, series: { rrule, timeZone } };
    return [{ id, rule, count: whole.held.length, until: at(last), add }];
  });
}

/** A course's lessons: what is live or to come, and what is over. `now` is the server's clock. @throws AppError NOT_FOUND */
export async function listLessons(app: App, userId: string, courseId: string) {
  const { role } = await getCourse(app, userId, courseId);
  const [now, upcoming, past] = await Promise.all([
    queries.readClock(app.db),
    queries.listUpcoming(app.db, courseId),
    queries.listPast(app.db, courseId),
  ]);
  const [series, restorable] = await Promise.all([
    readSeries(app, upcoming),
    listRestorable(app, [...upcoming, ...past]),
  ]);
  const view = (row: queries.LessonRow) => toView(app, { role, restorable }, row);
  return { now: now.getTime(), upcoming: upcoming.map(view), past: past.map(view), series };
}
