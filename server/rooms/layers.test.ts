import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import type { CommandBody } from '@/room/commands';
import type { App } from '../app';
import { testApp } from '../testing';
import { ask, draw, enter, makeRoom, stroke } from './rooms-fixture';
import { loadBoard, readState } from './service';

let database: TestDatabase;
let app: App;
beforeAll(async () => {
  database = await createTestDatabase();
  app = testApp(database);
});
afterAll(() => database.drop());

/** A class in which everybody works on a copy of their own of a blank board, and nobody may draw for all. */
async function makeClass() {
  const room = await makeRoom(database, app);
  const boardId = `board:${randomUUID()}`;
  for (const person of [room.teacher, room.student, room.other]) await enter(app, person);
  await ask(app, room.teacher, { type: 'board.open', payload: { boardId, title: 'Sketch' } });
  await ask(app, room.teacher, { type: 'layers.set', payload: { tab: boardId, open: true } });
  const on = (layer: string, id: string): CommandBody => {
    const body = draw(boardId, [stroke(id)]);
    if (body.type !== 'board.change') throw new Error('not a drawing');
    return { ...body, payload: { ...body.payload, layer } };
  };
  return { ...room, boardId, on };
}

const idsOn = async (...args: Parameters<typeof loadBoard>) =>
  (await loadBoard(...args)).records.map(({ id }) => id);

test('P12: on copies of their own people draw without the right to draw for all, and on nobody else’s', async () => {
  const { teacher, student, other, boardId, on } = await makeClass();
  expect(await ask(app, student, on(student.id, 'mine'))).toMatchObject({ ok: true });
  expect(await ask(app, student, on('shared', 'all'))).toMatchObject({ code: 'NOT_ALLOWED' });
  expect(await ask(app, other, on(student.id, 'theirs'))).toMatchObject({ code: 'NOT_ALLOWED' });
  expect(await ask(app, teacher, on(student.id, 'hint'))).toMatchObject({ ok: true });
  expect(await idsOn(app, student, boardId, student.id)).toEqual(['shape:mine', 'shape:hint']);
  expect(await ask(app, teacher, on(randomUUID(), 'nobody'))).toMatchObject({ code: 'NOT_FOUND' });
});

test('P12: a copy stays its person’s when it is ended, and nobody draws on it without the right', async () => {
  const { teacher, student, boardId, on } = await makeClass();
  await ask(app, student, on(student.id, 'mine'));
  expect(
    await ask(app, student, { type: 'layers.set', payload: { tab: boardId, open: false } }),
  ).toMatchObject({ code: 'NOT_ALLOWED' });
  await ask(app, teacher, { type: 'layers.set', payload: { tab: boardId, open: false } });
  expect((await readState(app, teacher.roomId)).copies).toEqual({ [boardId]: 'kept' });
  expect(await ask(app, student, on(student.id, 'late'))).toMatchObject({ code: 'NOT_ALLOWED' });
  expect(await idsOn(app, student, boardId, student.id)).toEqual(['shape:mine']);
  expect(
    await ask(app, teacher, { type: 'layers.set', payload: { tab: randomUUID(), open: true } }),
  ).toMatchObject({ code: 'NOT_FOUND' });
});

test('L7.3: staff show one copy to everyone as it is then, another in its place, and none', async () => {
  const { teacher, student, other, boardId, on } = await makeClass();
  const reveal = (participantId: string | null): CommandBody => ({
    type: 'layer.reveal',
    payload: { boardId, participantId },
  });
  for (let index = 0; index < 3; index += 1) await ask(app, student, on(student.id, `sam${index}`));
  await ask(app, other, on(other.id, 'olu'));
  expect(await ask(app, student, reveal(other.id))).toMatchObject({ code: 'NOT_ALLOWED' });
  expect(await ask(app, teacher, reveal(student.id))).toMatchObject({ ok: true });
  await ask(app, student, on(student.id, 'later'));
  expect(await idsOn(app, other, boardId, 'revealed')).toEqual(['shape:sam0', 'shape:sam1', 'shape:sam2']);
  await ask(app, teacher, reveal(other.id));
  expect(await idsOn(app, student, boardId, 'revealed')).toEqual(['shape:olu']);
  expect((await readState(app, teacher.roomId)).revealed).toEqual({ boardId, participantId: other.id });
  await ask(app, teacher, reveal(null));
  expect(await idsOn(app, student, boardId, 'revealed')).toEqual([]);
  expect(await readState(app, teacher.roomId)).not.toHaveProperty('revealed');
  expect(await ask(app, teacher, on('revealed', 'nobody'))).toMatchObject({ ok: false });
});
