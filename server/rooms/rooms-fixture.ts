import { randomUUID } from 'node:crypto';
import { authSessions, courses, enrolments, lessons, rooms, users } from '@/db/schema';
import type { TestDatabase } from '@/db/testing';
import type { CommandBody } from '@/room/commands';
import { strokeRecord } from '@/room/stroke-fixture';
import type { App } from '../app';
import type { Viewer } from '../identity/service';
import { appendCommands, appendSystem, findParticipant, type Participant, type RawCommand } from './service';

/** A room with its people, for tests: a course, its owner, two students, and a lesson that is live unless it is told not to. */
export type RoomFixture = {
  roomId: string;
  lessonId: string;
  teacher: Participant;
  student: Participant;
  other: Participant;
  viewers: { teacher: Viewer; student: Viewer; other: Viewer };
  stranger: Viewer;
};

export async function makeRoom(
  database: TestDatabase,
  app: App,
  { live = true }: { live?: boolean } = {},
): Promise<RoomFixture> {
  const { db } = database;
  const account = async (name: string): Promise<Viewer> => {
    const id = randomUUID();
    const email = `${id}@example.org`;
    await db.insert(users).values({ id, email, name });
    const sessionId = randomUUID();
    await db
      .insert(authSessions)
      .values({ id: sessionId, userId: id, expiresAt: new Date(Date.now() + 3_600_000) });
    return { kind: 'account', sessionId, user: { id, email, name, role: 'user', locale: null } };
  };
  const viewers = {
    teacher: await account('Tess'),
    student: await account('Sam'),
    other: await account('Olu'),
  };
  const courseId = randomUUID();
  const roomId = randomUUID();
  const lessonId = randomUUID();
  const title = 'Algebra';
  await db.insert(courses).values({ id: courseId, ownerId: userIdOf(viewers.teacher), title });
  await db.insert(rooms).values({ id: roomId, courseId, slug: `algebra-${roomId.slice(0, 8)}` });
  for (const viewer of [viewers.student, viewers.other]) {
    await db.insert(enrolments).values({ courseId, userId: userIdOf(viewer), role: 'student' });
  }
  const times = { startsAt: new Date(), durationMinutes: 60, timeZone: 'UTC' };
  await db.insert(lessons).values({ id: lessonId, courseId, roomId, title, ...times });
  if (live) await appendSystem(app, roomId, { type: 'lesson.start', payload: { lessonId, title } });
  const [teacher, student, other] = await Promise.all(
    [viewers.teacher, viewers.student, viewers.other].map((viewer) =>
      findParticipant(app, roomId, viewer, null),
    ),
  );
  if (!teacher || !student || !other) throw new Error('people are missing');
  return { roomId, lessonId, teacher, student, other, viewers, stranger: await account('Ned') };
}

function userIdOf(viewer: Viewer): string {
  if (viewer.kind !== 'account') throw new Error('no account');
  return viewer.user.id;
}

/** Opens a tab for somebody, so that the log knows them. */
export async function enter(app: App, who: Participant): Promise<string> {
  const connectionId = randomUUID();
  const { id: participantId, name, role } = who;
  const payload = { participantId, name, role, connectionId, device: 'computer' };
  await appendSystem(app, who.roomId, { type: 'person.connect', payload });
  return connectionId;
}

export function command(body: CommandBody, id: string = randomUUID()): RawCommand {
  return { id, ...body };
}

/** Sends one command and gives its answer. */
export async function ask(app: App, actor: Participant, body: CommandBody, id?: string) {
  const [result] = await appendCommands(app, { roomId: actor.roomId, actor, commands: [command(body, id)] });
  if (!result) throw new Error('no answer');
  return result;
}

export const say = (text: string, to: string | null = null): CommandBody => ({
  type: 'chat.send',
  payload: { text, to },
});

const point = (x: number, y: number) => ({ x, y, z: 0.5 });

/** A stroke as tldraw writes it. */
export function stroke(id: string, parentId?: string) {
  return strokeRecord(`shape:${id}`, { x: 10, y: 10 }, [point(0, 0), point(5, 5)], parentId);
}

/** One of many points: about 45 KB as it travels. */
export function longStroke(id: string) {
  const line = stroke(id);
  const points = Array.from({ length: 1500 }, (_, index) => point(index, index / 4));
  return { ...line, props: { ...line.props, segments: [{ type: 'free' as const, points }] } };
}

export function draw(
  boardId: string,
  put: readonly ReturnType<typeof stroke>[],
  removed: string[] = [],
): CommandBody {
  return {
    type: 'board.change',
    payload: { boardId, layer: 'shared', put: [...put], removed, stroke: null },
  };
}
