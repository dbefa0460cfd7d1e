import type { LessonStatus } from './policy';
import type { LessonRow } from './queries';

/** What everybody who sees a lesson is told of it. Instants are ms since the epoch. */
export type LessonFacts = {
  id: string;
  courseId: string;
  title: string;
  startsAt: number;
  durationMinutes: number;
  /** The IANA zone that the start was meant in. */
  timeZone: string;
  status: LessonStatus;
  /** The series that it belongs to; null: it comes once. */
  seriesId: string | null;
  /** What a change of it has to name, so that nobody overwrites what they have not seen. */
  version: number;
};

export function factsOf(row: LessonRow): LessonFacts {
  const { id, courseId, title, durationMinutes, timeZone, status, seriesId, version } = row;
  const startsAt = row.startsAt.getTime();
  return { id, courseId, title, startsAt, durationMinutes, timeZone, status, seriesId, version };
}
