import type { LessonNews } from '../mail/service';
import type { LessonRow, Told } from './queries/invitations';

type Known = Pick<LessonRow, 'title' | 'startsAt' | 'durationMinutes' | 'status'>;

/** What there is to tell of a lesson. */
export function factsToTell({ title, startsAt, durationMinutes, status }: Known): Told {
  return { title, at: startsAt.getTime(), minutes: durationMinutes, held: status !== 'cancelled' };
}

/** What changed about a lesson since its people were told; null: nothing, or nothing that is still to come. */
export function newsOf(lesson: Known & Pick<LessonRow, 'told'>, clock: number): LessonNews | null {
  const { told } = lesson;
  const { held, ...now } = factsToTell(lesson);
  if (!told?.held) return held && now.at > clock ? { what: 'on', ...now, was: null } : null;
  const { held: _, ...was } = told;
  if (!held) return was.at > clock ? { what: 'off', ...now, at: was.at, minutes: was.minutes, was } : null;
  if (Math.max(was.at, now.at) <= clock) return null;
  if (was.at !== now.at || was.minutes !== now.minutes) return { what: 'moved', ...now, was };
  return was.title !== now.title ? { what: 'renamed', ...now, was } : null;
}
