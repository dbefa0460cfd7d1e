import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { roomCommands, roomEvents } from '@/db/schema';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import type { CommandBody } from '@/room/commands';
import { decodeMessage } from '@/room/frames';
import type { Stage, Viewport } from '@/room/state';
import { visible } from '@/room/visible';
import type { App } from '../app';
import { testApp } from '../testing';
import type { Participant } from './people';
import { RoomTail, type Subscriber } from './room-tail';
import { ask, command, draw, enter, longStroke, makeRoom, say, stroke } from './rooms-fixture';
import { appendCommands, appendSystem, readPicture, readState } from './service';

let database: TestDatabase;
let app: App;

beforeAll(async () => {
  database = await createTestDatabase();
  app = testApp(database);
});
afterAll(() => database.drop());

const eventsOf = (roomId: string) =>
  database.db.select().from(roomEvents).where(eq(roomEvents.roomId, roomId)).orderBy(roomEvents.seq);

/** `ok`, or the code of the refusal. */
async function answerOf(actor: Participant, body: CommandBody): Promise<string> {
  const result = await ask(app, actor, body);
  return result.ok ? 'ok' : result.code;
}

test('L2.3: events and the answers to their commands are in the log together, or neither is', async () => {
  const { teacher, student, roomId } = await makeRoom(database, app);
  await enter(app, student);
  const elsewhere = testApp(database);
  for (let index = 0; index < 6; index += 1)
    await ask(index % 2 ? app : elsewhere, teacher, say(`message ${index}`));
  const events = await eventsOf(roomId);
  const answers = await database.db.select().from(roomCommands).where(eq(roomCommands.roomId, roomId));
  const answered = answers.flatMap(({ id, result }) =>
    (result as { seqs: number[] }).seqs.map((seq) => `${seq} ${id}`),
  );
  const written = events.flatMap(({ seq, commandId }) => (commandId ? [`${seq} ${commandId}`] : []));
  expect(written).toHaveLength(6);
  expect(answered.toSorted()).toEqual(written.toSorted());
  const undone = appendSystem(
    app,
    roomId,
    { type: 'person.disconnect', payload: { participantId: student.id, connectionId: '', reason: 'left' } },
    () => Promise.reject(new Error('the rest failed')),
  );
  await expect(undone).rejects.toThrow('the rest failed');
  expect(await eventsOf(roomId)).toHaveLength(events.length);
});

test('L3.2: when the answer is there, anybody reads the event', async () => {
  const { teacher, roomId } = await makeRoom(database, app);
  for (let index = 0; index < 10; index += 1) {
    const [first, second] = await Promise.all([
      ask(app, teacher, say(`a${index}`)).then(async (result) => ({
        result,
        events: await eventsOf(roomId),
      })),
      ask(app, teacher, say(`b${index}`)).then(async (result) => ({
        result,
        events: await eventsOf(roomId),
      })),
    ]);
    for (const { result, events } of [first, second]) {
      const seqs = result.ok ? result.seqs : [];
      expect(events.map(({ seq }) => seq)).toEqual(expect.arrayContaining([...seqs]));
    }
  }
});

test('L7.1: the head that a viewer gets is what is visible to them', async () => {
  const { teacher, student, roomId } = await makeRoom(database, app);
  await enter(app, student);
  for (const viewer of [teacher, student])
    expect((await readPicture(app, roomId, viewer)).head).toEqual(
      visible(await readState(app, roomId), viewer),
    );
});

test('L1.6: who sends much at a time is told to wait by what it weighs, and others go on', async () => {
  const { teacher, student, roomId } = await makeRoom(database, app);
  const boardId = `board:${randomUUID()}`;
  await ask(app, teacher, { type: 'board.open', payload: { boardId, title: 'Sketch' } });
  const results = [];
  for (let sent = 0; sent < 30; sent += 1) {
    const put = Array.from({ length: 8 }, (_, index) => longStroke(`s${sent}-${index}`));
    results.push(await ask(app, teacher, draw(boardId, put)));
  }
  const carriedOut = results.filter((result) => result.ok);
  expect(carriedOut.length).toBeGreaterThanOrEqual(15);
  expect(carriedOut.length).toBeLessThan(30);
  for (const result of results.slice(carriedOut.length))
    expect(result).toMatchObject({ code: 'TOO_MANY_REQUESTS', retryAfterMs: expect.any(Number) });
  const drawn = (await eventsOf(roomId)).filter(({ type }) => type === 'board.changed');
  expect(drawn).toHaveLength(carriedOut.length);
  expect(await answerOf(student, say('still here'))).toBe('ok');
});

test('L8.2: a command of more than 400,000 bytes is TOO_LARGE, and the one beside it is carried out', async () => {
  const { teacher, roomId } = await makeRoom(database, app);
  const huge = draw(`board:${randomUUID()}`, [{ ...stroke('a'), meta: { text: 'x'.repeat(400_000) } }]);
  const results = await appendCommands(app, {
    roomId,
    actor: teacher,
    commands: [command(huge), command(say('b'))],
  });
  expect(results).toMatchObject([{ ok: false, code: 'TOO_LARGE' }, { ok: true }]);
});

test('P2: while no lesson is live, staff prepare and others wait', async () => {
  const { teacher, student } = await makeRoom(database, app, { live: false });
  await enter(app, student);
  expect(await answerOf(student, say('early'))).toBe('LESSON_NOT_LIVE');
  expect(await answerOf(student, { type: 'hand.raise', payload: {} })).toBe('LESSON_NOT_LIVE');
  expect(await answerOf(teacher, say('welcome'))).toBe('ok');
});

test('P3: staff set rights, mute and remove; nobody does it to the owner, nor a student to anybody', async () => {
  const { teacher, student, other } = await makeRoom(database, app);
  for (const who of [teacher, student, other]) await enter(app, who);
  const rights = { draw: true, microphone: false, camera: false };
  const set = (participantId: string): CommandBody => ({
    type: 'rights.set',
    payload: { participantId, rights },
  });
  const remove = (participantId: string): CommandBody => ({
    type: 'person.remove',
    payload: { participantId },
  });
  expect(await answerOf(teacher, set(student.id))).toBe('ok');
  expect(await answerOf(teacher, set(teacher.id))).toBe('NOT_ALLOWED');
  expect(await answerOf(student, set(student.id))).toBe('NOT_ALLOWED');
  expect(await answerOf(student, { type: 'defaults.set', payload: { rights } })).toBe('NOT_ALLOWED');
  const looking = (allowed: boolean): CommandBody => ({ type: 'looking.set', payload: { allowed } });
  expect(await answerOf(student, looking(false))).toBe('NOT_ALLOWED');
  expect(await ask(app, teacher, looking(true))).toMatchObject({ ok: true, seqs: [] });
  expect(await ask(app, teacher, looking(false))).toMatchObject({ ok: true, seqs: [expect.any(Number)] });
  expect(await readState(app, teacher.roomId)).toMatchObject({ lookAround: false });
  expect(await answerOf(teacher, looking(true))).toBe('ok');
  expect(await readState(app, teacher.roomId)).not.toHaveProperty('lookAround');
  expect(await answerOf(student, remove(other.id))).toBe('NOT_ALLOWED');
  expect(await answerOf(student, remove(teacher.id))).toBe('NOT_ALLOWED');
  expect(await answerOf(teacher, remove(other.id))).toBe('ok');
});

test('P4: who does not present changes nothing on the stage', async () => {
  const { teacher, student } = await makeRoom(database, app);
  await enter(app, student);
  const boardId = `board:${randomUUID()}`;
  const open: CommandBody = { type: 'board.open', payload: { boardId, title: 'Sketch' } };
  const show: CommandBody = { type: 'stage.show', payload: { stage: { kind: 'board', boardId } } };
  const turn: CommandBody = { type: 'page.turn', payload: { documentId: randomUUID(), page: 1 } };
  const move: CommandBody = { type: 'viewport.move', payload: { viewport: null } };
  const rotate: CommandBody = {
    type: 'document.rotate',
    payload: { documentId: randomUUID(), rotation: 90 },
  };
  for (const body of [open, show, turn, rotate, move])
    expect(await answerOf(student, body)).toBe('NOT_ALLOWED');
  expect(await answerOf(teacher, open)).toBe('ok');
});

test('P7: pages end where the document does, and the page that is shown already is no event', async () => {
  const { teacher, roomId } = await makeRoom(database, app);
  const documentId = randomUUID();
  const turn = (page: number): CommandBody => ({ type: 'page.turn', payload: { documentId, page } });
  expect(await answerOf(teacher, turn(1))).toBe('NOT_FOUND');
  const { seq } = await readState(app, roomId);
  const opened = { type: 'document.opened', payload: { documentId, title: 'Slides', pageCount: 3 } };
  await database.db
    .insert(roomEvents)
    .values({ ...opened, roomId, seq: seq + 1, audience: 'everyone', at: new Date() });
  await database.sql`update rooms set head_seq = head_seq + 1 where id = ${roomId}`;
  expect(await answerOf(teacher, turn(4))).toBe('BAD_INPUT');
  expect(await ask(app, teacher, turn(2))).toMatchObject({ ok: true, seqs: [seq + 2] });
  expect(await ask(app, teacher, turn(2))).toMatchObject({ ok: true, seqs: [] });
});

test('P11: a tab comes back where it was left: page, part of the page, rotation', async () => {
  const { teacher, roomId } = await makeRoom(database, app);
  const documentId = randomUUID();
  const { seq } = await readState(app, roomId);
  const opened = { type: 'document.opened', payload: { documentId, title: 'Slides', pageCount: 3 } };
  await database.db
    .insert(roomEvents)
    .values({ ...opened, roomId, seq: seq + 1, audience: 'everyone', at: new Date() });
  await database.sql`update rooms set head_seq = head_seq + 1 where id = ${roomId}`;
  const stage = { kind: 'document', documentId } as const;
  const show = (shown: Stage): CommandBody => ({ type: 'stage.show', payload: { stage: shown } });
  const viewport = { x: 0.25, y: 0.5, width: 0.5, height: 0.5 };
  const rotate = (rotation: 0 | 90): CommandBody => ({
    type: 'document.rotate',
    payload: { documentId, rotation },
  });
  const left: CommandBody[] = [
    show(stage),
    { type: 'page.turn', payload: { documentId, page: 2 } },
    rotate(90),
    { type: 'viewport.move', payload: { viewport } },
    show({ kind: 'empty' }),
  ];
  for (const body of left) expect(await answerOf(teacher, body)).toBe('ok');
  expect(await readState(app, roomId)).toMatchObject({ stage: { kind: 'empty' }, viewport: null });
  expect(await ask(app, teacher, rotate(90))).toMatchObject({ ok: true, seqs: [] });

  expect(await answerOf(teacher, show(stage))).toBe('ok');
  expect(await readState(app, roomId)).toMatchObject({
    stage,
    viewport,
    documents: [{ id: documentId, page: 2, rotation: 90, viewport }],
  });
  const width = { x: 0, y: 0, width: 1, height: 0.4 };
  const turn = (page: number, part?: Viewport): CommandBody => ({
    type: 'page.turn',
    payload: { documentId, page, ...(part && { viewport: part }) },
  });
  expect(await answerOf(teacher, turn(1, { ...width, height: 0 }))).toBe('BAD_INPUT');
  expect(await ask(app, teacher, turn(1, width))).toMatchObject({
    ok: true,
    seqs: [expect.any(Number), expect.any(Number)],
  });
  expect(await readState(app, roomId)).toMatchObject({
    viewport: width,
    documents: [{ page: 1, viewport: width }],
  });
  expect(await answerOf(teacher, turn(3))).toBe('ok');
  expect(await answerOf(teacher, rotate(0))).toBe('ok');
  const { viewport: whole, documents } = await readState(app, roomId);
  expect([whole, documents]).toEqual([null, [{ id: documentId, title: 'Slides', pageCount: 3, page: 3 }]]);
});

test('P11: a blank board comes back with the part of it that was shown', async () => {
  const { teacher } = await makeRoom(database, app);
  const [first, second] = [`board:${randomUUID()}`, `board:${randomUUID()}`];
  const open = (boardId: string): CommandBody => ({
    type: 'board.open',
    payload: { boardId, title: 'Board' },
  });
  const viewport = { x: 0.5, y: 0.5, width: 0.25, height: 0.25 };
  for (const body of [open(first), { type: 'viewport.move', payload: { viewport } } as const, open(second)])
    expect(await answerOf(teacher, body)).toBe('ok');
  expect((await readState(app, teacher.roomId)).viewport).toBeNull();
  for (const back of [
    open(first),
    { type: 'stage.show', payload: { stage: { kind: 'board', boardId: first } } } as const,
  ]) {
    expect(await answerOf(teacher, back)).toBe('ok');
    expect(await readState(app, teacher.roomId)).toMatchObject({
      stage: { kind: 'board', boardId: first },
      viewport,
      boards: [{ id: first, viewport }, { id: second }],
    });
  }
});

test('T4.1: a quiet room’s event goes out at once; what follows on its heels goes out together', async () => {
  const { teacher, roomId } = await makeRoom(database, app);
  for (const text of ['one', 'two', 'three', 'four']) await ask(app, teacher, say(text));
  const { seq } = await readState(app, roomId);
  const events = (await eventsOf(roomId)).map((row) => ({ ...row, at: row.at.getTime() })) as never[];
  const tail = new RoomTail(roomId, seq - 4, {
    serverNow: () => Date.now(),
    maxWaitingBytes: 1_000_000,
    ringCharacters: () => 1_000_000,
    flushed: () => undefined,
  });
  const frames: number[][] = [];
  let later: () => void = () => undefined;
  const all = new Promise<void>((resolve) => (later = resolve));
  const subscriber: Subscriber = {
    viewer: teacher,
    connectionId: randomUUID(),
    userAgent: null,
    confirms: false,
    sessionId: null,
    cursor: seq - 4,
    live: true,
    waitingBytes: 0,
    deliver: (bytes): number => {
      const message = decodeMessage(new TextDecoder().decode(bytes).trim());
      if (message?.kind !== 'frame') throw new Error('no frame');
      frames.push(message.frame.events.map((event) => event.seq));
      if (message.frame.to === seq) later();
      return 0;
    },
    drop: () => undefined,
    close: () => undefined,
    supersede: () => undefined,
  };
  tail.subscribers.add(subscriber);
  tail.publish(events.slice(-4, -3));
  expect(frames).toEqual([[seq - 3]]);
  for (const from of [-3, -2, -1]) tail.publish(events.slice(from, from + 1 || undefined));
  expect(frames).toHaveLength(1);
  await all;
  expect(frames).toEqual([[seq - 3], [seq - 2, seq - 1, seq]]);
  tail.close();
});
