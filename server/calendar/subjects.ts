import { expandRule } from '../lessons/service';
import type { LessonNews } from '../mail/service';
import { factsToTell, newsOf } from './news';
import type { Holder, LessonRow, Member, SeriesRow, Unit, UnitId } from './queries/invitations';

/** What somebody has in their calendar as one: a series, or one lesson. */
export type Subject = {
  id: string;
  as: UnitId;
  series: SeriesRow | null;
  /** What the series' rule gives, as local dates and times; of a lesson nothing. */
  all: readonly string[];
  lessons: readonly LessonRow[];
  /** What its people do not know yet, soonest first. */
  news: readonly LessonNews[];
  changed: boolean;
  /** Some of it is to come, and takes place. */
  open: boolean;
  /** Not all of it was called off. */
  held: boolean;
};

/** @param subjectId  its series, or one of its lessons by itself */
export function subjectOf({ series, lessons, course }: Unit, subjectId: string): Subject {
  const whole = series?.id === subjectId ? series : null;
  const its = whole ? lessons : lessons.filter(({ id }) => id === subjectId);
  const news = its
    .flatMap((lesson) => newsOf(lesson, course.now) ?? [])
    .toSorted((one, other) => one.at - other.at);
  const expanded = whole && expandRule(whole.rule, whole.firstLocal);
  return {
    id: subjectId,
    as: whole ? { seriesId: subjectId } : { lessonId: subjectId },
    series: whole,
    all: expanded?.ok ? expanded.all : [],
    lessons: its,
    news,
    // A series that was cut in two has fewer lessons than before, and nothing new about those that it kept.
    changed: news.length > 0 || (whole?.told ?? 0) > its.length,
    open: its.some(({ status, startsAt }) => status === 'scheduled' && startsAt.getTime() > course.now),
    held: its.some(({ status }) => status !== 'cancelled'),
  };
}

/** Who is to have which subject of a unit in their calendar. */
export function membersBySubject(
  { series, lessons }: Unit,
  members: readonly Member[],
): Map<string, Member[]> {
  const [first] = lessons;
  const whole = series?.id ?? first?.id;
  const wanted = new Map<string, Member[]>();
  for (const member of members) {
    const ids = member.chosen ?? (whole ? [whole] : []);
    for (const id of ids) wanted.set(id, [...(wanted.get(id) ?? []), member]);
  }
  return wanted;
}

/** What is to be done about somebody's calendar; null: nothing. `leave`: it is not theirs any more. */
export type Step = 'invite' | 'update' | 'cancel' | 'leave';

export function stepOf(subject: Subject, isMember: boolean, holder: Holder | undefined): Step | null {
  const has = holder !== undefined && !holder.withdrawn;
  if (!isMember) return has && subject.open ? 'leave' : null;
  if (!has) return subject.open ? 'invite' : null;
  if (!subject.changed) return null;
  return subject.held ? 'update' : 'cancel';
}

/** The lessons of a subject that are to come, for who did not know of any. */
export function upcoming({ lessons }: Subject, clock: number): LessonNews[] {
  return lessons
    .filter(({ status, startsAt }) => status === 'scheduled' && startsAt.getTime() > clock)
    .map((lesson) => {
      const { held: _, ...facts } = factsToTell(lesson);
      return { what: 'on' as const, ...facts, was: null };
    })
    .toSorted((one, other) => one.at - other.at);
}
