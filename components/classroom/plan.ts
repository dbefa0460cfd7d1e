/** A lesson that is live or to come. Instants are ms since the epoch, server time. */
export type PlannedLesson = { id: string; title: string; startsAt: number; durationMinutes: number };

/** What the room's course has planned, as the page was rendered: the live lesson first, then the next ones. */
export type Plan = { now: number; lessons: readonly PlannedLesson[] };

/** The next lesson, leaving out one that has ended since; null: none is planned. */
export function nextLesson(plan: Plan, endedId: string | null): PlannedLesson | null {
  return plan.lessons.find((lesson) => lesson.id !== endedId) ?? null;
}
