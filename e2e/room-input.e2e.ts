import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { decodeMessage, type StreamMessage } from '@/room/frames';
import { enterRoom, type LiveClass, makePerson, type Someone, startClass } from './support/people';

/** What a room gets over HTTP that no page would send, and what it answers: always a code, and the log as it was. */
test.describe('a room over HTTP', () => {
  test('refuses bad input with a code and leaves its log as it was', async ({ browser }) => {
    const teacher = await makePerson(browser, 'Tess Room');
    const student = await makePerson(browser, 'Sam Room');
    const live = await startClass(teacher, [student]);
    const boardId = `board:${randomUUID()}`;
    await send(teacher, live, { type: 'board.open', payload: { boardId, title: 'Sketch' } });
    const before = await headOf(teacher, live);

    const change = (record: object) => ({
      type: 'board.change',
      payload: { boardId, layer: 'shared', put: [record], removed: [], stroke: null },
    });
    const dot = { id: 'shape:dot', typeName: 'shape', type: 'geo', parentId: 'page:page', index: 'a1' };
    expect(
      await send(student, live, { type: 'chat.send', payload: { text: 'x'.repeat(1001), to: null } }),
    ).toBe('BAD_INPUT');
    expect(await send(student, live, change(dot))).toBe('NOT_ALLOWED');
    expect(await send(student, live, turn())).toBe('NOT_ALLOWED');
    expect(await send(teacher, live, turn())).toBe('NOT_FOUND');
    expect(await send(teacher, live, change({ ...dot, surprise: true }))).toBe('BAD_RECORD');
    expect(await send(teacher, live, change({ ...dot, meta: { text: 'x'.repeat(300_000) } }))).toBe(
      'BAD_RECORD',
    );
    expect(await send(teacher, live, change({ ...dot, meta: { text: 'x'.repeat(600_000) } }))).toBe(
      'TOO_LARGE',
    );
    expect(await send(teacher, live, change({ ...dot, meta: { text: 'x'.repeat(1_100_000) } }))).toBe(
      'TOO_LARGE',
    );
    const json = (payload: string) => `{"id":"${randomUUID()}","type":"viewport.move","payload":${payload}}`;
    const part = (x: string) => json(`{"viewport":{"x":${x},"y":0,"width":1,"height":1}}`);
    expect(await sendJson(teacher, live.roomId, part('1e999'))).toBe('BAD_INPUT');
    expect(await sendJson(teacher, live.roomId, json('{"viewport":null,"__proto__":{"x":1}}'))).toBe(
      'BAD_INPUT',
    );
    expect(await sendJson(teacher, live.roomId, json('{"viewport":null,"constructor":1}'))).toBe('BAD_INPUT');

    const elsewhere = await startClass(await makePerson(browser, 'Else Where'));
    expect(await send(student, elsewhere, { type: 'hand.raise', payload: {} })).toBe('NOT_FOUND');
    expect(
      await send(student, { ...elsewhere, roomId: randomUUID() }, { type: 'hand.raise', payload: {} }),
    ).toBe('NOT_FOUND');

    expect(await headOf(teacher, live)).toEqual(before);
  });

  test('streams uncompressed, resumes by Last-Event-ID, and is not there for a stranger', async ({
    browser,
  }) => {
    const teacher = await makePerson(browser, 'Tess Stream');
    const stranger = await makePerson(browser, 'Ned Stream');
    const live = await startClass(teacher);
    for (const text of ['one', 'two'])
      await send(teacher, live, { type: 'chat.send', payload: { text, to: null } });
    const { seq } = await headOf(teacher, live);

    expect((await openStream(stranger, live)).status).toBe(404);
    expect((await openStream(stranger, { roomId: randomUUID() })).status).toBe(404);

    const stream = await openStream(teacher, live, {
      'last-event-id': String(seq - 1),
      'accept-encoding': 'gzip',
    });
    expect(stream.headers.get('content-encoding')).toBeNull();
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    const frame = await firstFrame(stream);
    expect(frame.from).toBe(seq);
    expect(frame.events[0]).toMatchObject({ type: 'chat.sent', payload: { text: 'two' } });
  });

  test('T2.2: a position from the future, a negative one and text are answered with a snapshot', async ({
    browser,
  }) => {
    const teacher = await makePerson(browser, 'Tess Position');
    const live = await startClass(teacher);
    for (const position of ['999999999', '-1', 'yesterday', '1e9', '0x10']) {
      const stream = await openStream(teacher, live, { 'last-event-id': position });
      expect(stream.status).toBe(200);
      expect((await firstOf(stream, 'snapshot')).kind).toBe('snapshot');
    }
  });

  test('a batch of 10 MB is refused before anybody parses it', async ({ browser }) => {
    const teacher = await makePerson(browser, 'Tess Huge');
    const { roomId } = await startClass(teacher);
    const origin = process.env.LECTERN_URL ?? '';
    const answer = await teacher.context.request.post(`${origin}/api/trpc/rooms.send`, {
      headers: { origin, 'content-type': 'application/json' },
      // No JSON at all: whoever parsed it would say so.
      data: Buffer.alloc(10_000_000, `{"roomId":"${roomId}","commands":[`),
    });
    expect(answer.status()).toBe(413);
    expect((await answer.json()).error.data.appCode).toBe('TOO_LARGE');
  });

  test('L1.6: a thousand commands at once are limited, with a time to wait, and others feel nothing', async ({
    browser,
  }) => {
    const teacher = await makePerson(browser, 'Tess Calm');
    const student = await makePerson(browser, 'Sam Flood');
    const live = await startClass(teacher, [student]);
    const hand = () => ({ id: randomUUID(), type: 'hand.raise', payload: {} });
    const flood = Array.from({ length: 20 }, () =>
      student.api.rooms.send.mutate({ roomId: live.roomId, commands: Array.from({ length: 50 }, hand) }),
    );
    expect(await send(teacher, live, { type: 'chat.send', payload: { text: 'calm', to: null } })).toBe('ok');
    const results = (await Promise.all(flood)).flatMap((answer) => answer.results);
    expect(results).toHaveLength(1000);
    const limited = results.flatMap((result) =>
      !result.ok && result.code === 'TOO_MANY_REQUESTS' ? [result.retryAfterMs ?? 0] : [],
    );
    expect(limited.length).toBeGreaterThanOrEqual(600);
    for (const ms of limited) expect(ms).toBeGreaterThan(0);
    expect(await send(teacher, live, { type: 'chat.send', payload: { text: 'still', to: null } })).toBe('ok');
  });

  test('C2: a second tab of the same person is one participant with two connections', async ({ browser }) => {
    const teacher = await makePerson(browser, 'Tess Twice');
    const live = await startClass(teacher);
    const tabs = await Promise.all([openStream(teacher, live), openStream(teacher, live)]);
    for (const tab of tabs) await firstOf(tab, 'snapshot');
    await expect
      .poll(async () => {
        const { people } = await headOf(teacher, live);
        return Object.values(people).map(({ name, connections }) => [name, connections.length]);
      })
      .toEqual([['Tess Twice', 2]]);
  });

  test('who is removed has no room any more: page, stream and commands', async ({ browser }) => {
    const teacher = await makePerson(browser, 'Tess Removes');
    const student = await makePerson(browser, 'Sam Removed');
    const live = await startClass(teacher, [student]);
    await enterRoom(student, live.slug, 'Join as listener');
    const { head } = await student.api.rooms.state.query({ roomId: live.roomId });
    const participantId = Object.values(head.people).find((person) => person.name === student.name)?.id;
    expect(await send(teacher, live, { type: 'person.remove', payload: { participantId } })).toBe('ok');
    await expect(student.page.getByRole('button', { name: 'Leave', exact: true })).toBeHidden();
    expect((await openStream(student, live)).status).toBe(403);
    expect(await send(student, live, { type: 'hand.raise', payload: {} })).toBe('REMOVED');
  });
});

const turn = () => ({ type: 'page.turn', payload: { documentId: randomUUID(), page: 2 } });

async function headOf({ api }: Someone, { roomId }: LiveClass) {
  return (await api.rooms.state.query({ roomId })).head;
}

/** Sends one command; `ok`, or the code that it was refused with, by the room or by the door before it. */
function send(who: Someone, { roomId }: Pick<LiveClass, 'roomId'>, body: object): Promise<string> {
  return sendJson(who, roomId, JSON.stringify({ id: randomUUID(), ...body }));
}

async function sendJson({ context }: Someone, roomId: string, command: string): Promise<string> {
  const origin = process.env.LECTERN_URL ?? '';
  const answer = await context.request.post(`${origin}/api/trpc/rooms.send`, {
    headers: { origin, 'content-type': 'application/json' },
    data: `{"roomId":"${roomId}","commands":[${command}]}`,
  });
  const { result, error } = await answer.json();
  if (error) return error.data.appCode;
  const [first] = result.data.results;
  return first.ok ? 'ok' : first.code;
}

/** By plain fetch: a stream never ends, and Playwright's own requests wait for the end. */
async function openStream(
  { context }: Someone,
  { roomId }: { roomId: string },
  headers: Record<string, string> = {},
) {
  const origin = process.env.LECTERN_URL ?? '';
  const cookies = await context.cookies(origin);
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  return fetch(`${origin}/api/rooms/${roomId}/stream`, { headers: { ...headers, cookie } });
}

async function firstFrame(stream: Response) {
  const message = await firstOf(stream, 'frame');
  if (message.kind !== 'frame') throw new Error('no frame');
  return message.frame;
}

/** The first message of a kind. */
async function firstOf({ body }: Response, kind: StreamMessage['kind']): Promise<StreamMessage> {
  const decoder = new TextDecoder();
  let text = '';
  if (!body) throw new Error('The stream has no body');
  for await (const bytes of body) {
    text += decoder.decode(bytes, { stream: true });
    const whole = text.split('\n\n').slice(0, -1);
    const messages = whole.map(decodeMessage).filter((message): message is StreamMessage => message !== null);
    for (const message of messages) if (message.kind === kind) return message;
  }
  throw new Error(`The stream ended without a ${kind}`);
}
