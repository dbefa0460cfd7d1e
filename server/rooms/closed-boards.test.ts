import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import type { CommandBody } from '@/room/commands';
import { CLOSED_BOARDS_PAGE, MAX_OPEN_TABS } from '@/room/limits';
import type { App } from '../app';
import { testApp } from '../testing';
import { listClosedBoards } from './closed-boards';
import { ask, draw, enter, makeRoom, stroke } from './rooms-fixture';
import { loadBoard, readState } from './service';

let database: TestDatabase;
let app: App;
beforeAll(async () => {
  database = await createTestDatabase();
  app = testApp(database);
});
afterAll(() => database.drop());

const newBoard = () => `board:${randomUUID()}`;
const open = (boardId: string, title = 'Sketch'): CommandBody => ({
  type: 'board.open',
  payload: { boardId, title },
});
const close = (boardId: string): CommandBody => ({ type: 'board.close', payload: { boardId } });
const ALL = Number.MAX_SAFE_INTEGER;

test('P14: a closed board leaves the stage, and is opened again with all that was drawn on it', async () => {
  const { teacher, student, roomId } = await makeRoom(database, app);
  await enter(app, student);
  const [boardId, other] = [newBoard(), newBoard()];
  await ask(app, teacher, open(other, 'Other'));
  await ask(app, teacher, open(boardId));
  await ask(app, teacher, draw(boardId, [stroke('kept')]));
  expect(await ask(app, student, close(boardId))).toMatchObject({ code: 'NOT_ALLOWED' });

  expect(await ask(app, teacher, close(boardId))).toMatchObject({ ok: true });
  expect(await readState(app, roomId)).toMatchObject({
    boards: [{ id: other }],
    stage: { kind: 'empty' },
    closings: 1,
  });
  expect(await ask(app, teacher, draw(boardId, [stroke('late')]))).toMatchObject({ code: 'NOT_FOUND' });
  expect(await ask(app, teacher, close(boardId))).toMatchObject({ ok: true, seqs: [] });
  const { boards, hasOlder } = await listClosedBoards(app, teacher, ALL);
  expect(boards).toMatchObject([{ id: boardId, title: 'Sketch' }]);
  expect(hasOlder).toBe(false);
  await expect(listClosedBoards(app, student, ALL)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });

  expect(await ask(app, teacher, open(boardId))).toMatchObject({ ok: true });
  expect((await listClosedBoards(app, teacher, ALL)).boards).toEqual([]);
  const { records } = await loadBoard(app, student, boardId, 'shared');
  expect(records.map(({ id }) => id)).toEqual(['shape:kept']);
});

test('P14: another board on the stage stays there, and one that was closed twice is listed once', async () => {
  const { teacher, roomId } = await makeRoom(database, app);
  const [first, shown] = [newBoard(), newBoard()];
  for (const body of [open(first), open(shown), close(first)]) await ask(app, teacher, body);
  expect(await readState(app, roomId)).toMatchObject({ stage: { kind: 'board', boardId: shown } });
  for (const body of [close(shown), open(first, 'Once more'), close(first)]) await ask(app, teacher, body);
  const { boards } = await listClosedBoards(app, teacher, ALL);
  expect(boards.map(({ id, title }) => [id, title])).toEqual([
    [first, 'Once more'],
    [shown, 'Sketch'],
  ]);
});

test('P8, P14: a room that is full of boards takes another one once one was closed, and all that were closed are found', async () => {
  const { teacher } = await makeRoom(database, app);
  const all = Array.from({ length: MAX_OPEN_TABS }, newBoard);
  for (const boardId of all) await ask(app, teacher, open(boardId));
  expect(await ask(app, teacher, open(newBoard()))).toMatchObject({ code: 'TOO_LARGE' });
  for (const boardId of all) await ask(app, teacher, close(boardId));
  expect(await ask(app, teacher, open(newBoard()))).toMatchObject({ ok: true });
  const found: string[] = [];
  for (let before = ALL, more = true; more; ) {
    const page = await listClosedBoards(app, teacher, before);
    expect(page.boards.length).toBeLessThanOrEqual(CLOSED_BOARDS_PAGE);
    found.push(...page.boards.map(({ id }) => id));
    before = page.boards.at(-1)?.seq ?? 0;
    more = page.hasOlder;
  }
  expect(found).toEqual(all.toReversed());
});
