/** What the room's course has planned, as the page was rendered. Instants are ms since the epoch, server time. */
export type Plan = {
  now: number;
  /** The lesson that is live or comes next. */
  next: { id: string; title: string; startsAt: number; durationMinutes: number } | null;
};
