import type { Executor } from '@/db/client';
import { insertCourseRoom } from './queries/people';
import { roomSlug } from './slug';

const TRIES = 5;

/**
 * Makes a course's room, in the course's own transaction. Its slug is its address for life, so a later rename of the
 * course leaves it alone.
 */
export async function createRoom(
  tx: Executor,
  { courseId, title, newId }: { courseId: string; title: string; newId: () => string },
): Promise<{ id: string; slug: string }> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const room = await insertCourseRoom(tx, { id: newId(), courseId, slug: roomSlug(title, newId()) });
    if (room) return room;
  }
  throw new Error(`No free slug for a room after ${TRIES} tries`);
}
