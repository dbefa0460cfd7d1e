import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { boardSnapshots, enrolments, lessons, personalLinks, roomEvents, roomSnapshots } from '@/db/schema';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import type { Participant } from './people';
import type { App } from '../app';
import { testApp } from '../testing';
import { ask, command, draw, enter, makeRoom, say, stroke } from './rooms-fixture';
import { admit, appendCommands, findParticipant, loadBoard, openRoom, readChat, readState } from './service';

let database: TestDatabase;
let app: App;
/** A process that has seen nothing yet. */
const newcomer = () => testApp(database);

beforeAll(async () => {
  database = await createTestDatabase();
  app = testApp(database);
});
afterAll(() => database.drop());

async function openBoard(teacher: Participant): Promise<string> {
  const boardId = `board:${randomUUID()}`;
  await ask(app, teacher, { type: 'board.open', payload: { boardId, title: 'Sketch' } });
  return boardId;
}

const idsOf = ({ records }: { records: readonly { id: string }[] }) =>
  records.map((record) => record.id).toSorted();

describe('L5: what is read from the database is what was made', () => {
  test('L5.2: a head from its snapshot and the events after it is the whole log folded', async () => {
    const { teacher, student, roomId } = await makeRoom(database, app);
    await enter(app, student);
    for (let index = 0; index < 130; index += 1) {
      await ask(app, student, { type: 'hand.raise', payload: {} });
      await ask(app, teacher, { type: 'hand.lower', payload: { participantId: student.id } });
    }
    await vi.waitFor(async () => {
      const stored = await database.db.select().from(roomSnapshots).where(eq(roomSnapshots.roomId, roomId));
      expect(stored.length).toBeGreaterThan(0);
    });
    await ask(app, student, say('after the snapshot'));
    await ask(app, student, { type: 'hand.raise', payload: {} });
    expect(await readState(newcomer(), roomId)).toEqual(await readState(app, roomId));
  });

  test('B1, B2: a board from its snapshot and the changes after it is the board that was drawn', async () => {
    const { teacher, roomId } = await makeRoom(database, app);
    const boardId = await openBoard(teacher);
    const put = Array.from({ length: 240 }, (_, index) => stroke(`s${index}`));
    for (let from = 0; from < put.length; from += 2)
      await ask(app, teacher, draw(boardId, put.slice(from, from + 2)));
    await vi.waitFor(async () => {
      const stored = await database.db.select().from(boardSnapshots).where(eq(boardSnapshots.roomId, roomId));
      expect(stored.length).toBeGreaterThan(0);
    });
    await ask(app, teacher, draw(boardId, [stroke('last')], ['shape:s0', 'shape:s1']));
    const [here, there] = await Promise.all([
      loadBoard(app, teacher, boardId, 'shared'),
      loadBoard(newcomer(), teacher, boardId, 'shared'),
    ]);
    expect(idsOf(there)).toEqual(idsOf(here));
    expect(there.seq).toBe(here.seq);
    expect(here.records).toHaveLength(239);
  });

  test('B3: boards are read while others draw, and nothing falls between board and stream', async () => {
    const { teacher, roomId } = await makeRoom(database, app);
    const boardId = await openBoard(teacher);
    const drawing = Promise.all(
      Array.from({ length: 40 }, (_, index) => ask(app, teacher, draw(boardId, [stroke(`s${index}`)]))),
    );
    const reads = await Promise.all(
      Array.from({ length: 5 }, () => loadBoard(newcomer(), teacher, boardId, 'shared')),
    );
    await drawing;
    for (const { seq, records } of reads) {
      const later = await database.db
        .select()
        .from(roomEvents)
        .where(and(eq(roomEvents.roomId, roomId), eq(roomEvents.type, 'board.changed')));
      expect(records.length + later.filter((event) => event.seq > seq).length).toBe(40);
    }
  });

  test("P5: a private layer is its person's and the staff's to read, and nobody else's", async () => {
    const { teacher, student, other } = await makeRoom(database, app);
    const boardId = await openBoard(teacher);
    expect(await loadBoard(app, student, boardId, student.id)).toMatchObject({ records: [] });
    expect(await loadBoard(app, teacher, boardId, student.id)).toMatchObject({ records: [] });
    await expect(loadBoard(app, other, boardId, student.id)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
  });
});

test('L3.1: a command that the database refuses is refused alone', async () => {
  const { teacher, student, roomId } = await makeRoom(database, app);
  const broken: Participant = { ...student, id: 'no uuid' };
  const send = (actor: Participant, text: string) =>
    appendCommands(app, { roomId, actor, commands: [command(say(text))] });
  const [before, bad, after] = await Promise.all([send(teacher, 'a'), send(broken, 'b'), send(student, 'c')]);
  expect(before).toMatchObject([{ ok: true }]);
  expect(bad).toMatchObject([{ ok: false, code: 'INTERNAL' }]);
  expect(after).toMatchObject([{ ok: true }]);
  const { messages } = await readChat(app, roomId, teacher, Number.MAX_SAFE_INTEGER);
  expect(messages.map((message) => message.text)).toEqual(['a', 'c']);
});

test('chat opens with its newest page, and older ones follow on without a gap', async () => {
  const { teacher, student, other, roomId } = await makeRoom(database, app);
  await enter(app, student);
  await enter(app, other);
  const commands = Array.from({ length: 120 }, (_, index) =>
    command(say(`m${index}`, index % 10 ? null : student.id)),
  );
  for (let from = 0; from < 120; from += 50) {
    await appendCommands(app, { roomId, actor: teacher, commands: commands.slice(from, from + 50) });
  }
  const mine = Array.from({ length: 120 }, (_, index) => `m${index}`);
  const theirs = mine.filter((_, index) => index % 10);
  for (const [reader, expected] of [
    [student, mine],
    [other, theirs],
  ] as const) {
    const opening = await openRoom(app, roomId, reader);
    expect(opening.chat.messages).toHaveLength(50);
    let { messages, hasOlder } = opening.chat;
    while (hasOlder) {
      const page = await readChat(app, roomId, reader, messages[0]?.seq ?? 0);
      messages = [...page.messages, ...messages];
      hasOlder = page.hasOlder;
    }
    expect(messages.map((message) => message.text)).toEqual(expected);
  }
});

describe('links', () => {
  test('the same personal link is the same person; a nameless link makes a new one each time', async () => {
    const { roomId, lessonId } = await makeRoom(database, app);
    const personalLinkId = randomUUID();
    await database.db.insert(personalLinks).values({ id: personalLinkId, lessonId, name: 'Gia' });
    const guest = { roomId, lessonId, name: 'Gia', role: 'guest' as const };
    const [first, second] = await Promise.all([
      admit(app, { ...guest, personalLinkId }),
      admit(app, { ...guest, personalLinkId }),
    ]);
    expect(first?.id).toBe(second?.id);
    expect((await admit(app, guest)).id).not.toBe((await admit(app, guest)).id);
  });

  test('who came by a link is in until its lesson is over', async () => {
    const { roomId, lessonId, stranger } = await makeRoom(database, app);
    if (stranger.kind !== 'account') throw new Error('no account');
    const { id: userId, name } = stranger.user;
    const admitted = await admit(app, { roomId, lessonId, userId, name, role: 'student' });
    expect(await findParticipant(app, roomId, stranger, null)).toEqual(admitted);
    await database.db.update(lessons).set({ status: 'ended' }).where(eq(lessons.id, lessonId));
    await expect(findParticipant(app, roomId, stranger, null)).rejects.toMatchObject({
      code: 'LESSON_ENDED',
    });
  });

  test('the owner who opens a link stays the owner', async () => {
    const { roomId, lessonId, teacher } = await makeRoom(database, app);
    const userId = teacher.userId ?? '';
    const again = await admit(app, { roomId, lessonId, userId, name: 'Tess', role: 'student' });
    expect(again).toMatchObject({ id: teacher.id, role: 'owner', lessonId: null });
  });

  test('a removed person is not let in again by a link', async () => {
    const { roomId, lessonId, teacher, student } = await makeRoom(database, app);
    await enter(app, student);
    await ask(app, teacher, { type: 'person.remove', payload: { participantId: student.id } });
    const userId = student.userId ?? '';
    await expect(
      admit(app, { roomId, lessonId, userId, name: 'Sam', role: 'student' }),
    ).rejects.toMatchObject({
      code: 'REMOVED',
    });
  });

  test('who is enrolled no longer is out', async () => {
    const { roomId, viewers, student } = await makeRoom(database, app);
    await database.db.delete(enrolments).where(eq(enrolments.userId, student.userId ?? ''));
    await expect(findParticipant(app, roomId, viewers.student, null)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(findParticipant(app, roomId, { kind: 'anonymous' }, student.id)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
