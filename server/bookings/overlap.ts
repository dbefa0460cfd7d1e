/** Postgres' own word for what the constraint on booked hours refuses (exclusion_violation). */
const EXCLUSION_VIOLATION = '23P01';

/** Whether something failed because two booked hours would overlap. Drizzle wraps what Postgres says. */
export function isOverlap(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && at.code === EXCLUSION_VIOLATION) return true;
  }
  return false;
}
