import { rooms } from '@/db/schema';
import type { Executor } from '@/db/client';
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
    const [row] = await tx
      .insert(rooms)
      .values({ id: newId(), courseId, slug: roomSlug(title, newId()) })
      .onConflictDoNothing({ target: rooms.slug })
      .returning({ id: rooms.id, slug: rooms.slug });
    if (row) return row;
  }
  throw new Error(`No free slug for a room after ${TRIES} tries`);
}
