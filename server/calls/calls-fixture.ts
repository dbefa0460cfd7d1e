import { randomUUID } from 'node:crypto';
import { authSessions, siteConnections, users } from '@/db/schema';
import type { TestDatabase } from '@/db/testing';
import type { App } from '../app';
import * as courses from '../courses/service';

export type Person = { id: string; name: string; email: string; sessionId: string };

/** People who are online, and a course of theirs. */
export function makeWorld(app: App, database: TestDatabase) {
  const { db } = database;
  const person = async (name: string): Promise<Person> => {
    const made = { id: randomUUID(), name, email: `${randomUUID()}@example.org` };
    await db.insert(users).values(made);
    const sessionId = randomUUID();
    const expiresAt = new Date(Date.now() + 86_400_000);
    await db.insert(authSessions).values({ id: sessionId, userId: made.id, expiresAt });
    return { ...made, sessionId };
  };
  /** A browser of theirs holds a stream, at a process that renews its lease. */
  const connect = async ({ id: userId, sessionId }: Person) => {
    const id = randomUUID();
    const leasedUntil = new Date(Date.now() + 3_600_000);
    await db.insert(siteConnections).values({ id, userId, sessionId, instanceId: randomUUID(), leasedUntil });
    return id;
  };
  const online = async (name: string) => {
    const made = await person(name);
    await connect(made);
    return made;
  };
  const course = async (owner: Person) => {
    const { id: courseId } = await courses.createCourse(app, owner.id, { title: 'Optics', description: '' });
    const enrol = (who: Person, role: 'student' | 'teacher' | 'presenter' = 'student') =>
      courses.enrol(app, owner.id, { courseId, email: who.email, role });
    return { courseId, enrol };
  };
  /** A teacher and two students of one course, all online. */
  const trio = async () => {
    const [mara, sam, ada] = await Promise.all([online('Mara'), online('Sam'), online('Ada')]);
    const { courseId, enrol } = await course(mara);
    await enrol(sam);
    await enrol(ada);
    return { mara, sam, ada, courseId, enrol };
  };
  return { person, connect, online, course, trio };
}

/** Reads a stream of server-sent events: what each `data` holds, as it comes. */
export async function* readEvents(body: ReadableStream<Uint8Array> | null): AsyncGenerator {
  if (!body) return;
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body) {
    const blocks = (rest + decoder.decode(bytes, { stream: true })).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = block.startsWith('data: ') ? block.slice(6) : null;
      if (data) yield JSON.parse(data);
    }
  }
}
