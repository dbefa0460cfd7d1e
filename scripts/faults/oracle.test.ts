import { expect, test } from 'vitest';
import { applyAll, initialState } from '@/room/apply';
import type { RoomEvent } from '@/room/events';
import { chatMessageOf } from '@/room/frames';
import { visibleEvent } from '@/room/visible';
import { type ClientEnd, type Evidence, judge } from './oracle';

const ROOM = '00000000-0000-4000-8000-000000000000';
const BOARD = 'board:00000000-0000-4000-8000-00000000000b';
const TESS = { id: '00000000-0000-4000-8000-000000000001', role: 'owner' as const };
const SAM = { id: '00000000-0000-4000-8000-000000000002', role: 'student' as const };
const ADA = { id: '00000000-0000-4000-8000-000000000003', role: 'student' as const };
const STROKE = { shapeId: 'shape:a', startedAt: 1000, offsets: [0] };
const record = (id: string) => ({ id, typeName: 'shape', x: 1 });

/** A class of three: chat, a private message, a stroke, a raised hand. */
function makeLog(): RoomEvent[] {
  const bodies: Omit<RoomEvent, 'seq' | 'at'>[] = [
    ...[TESS, SAM, ADA].map(({ id, role }) => ({
      type: 'person.connected' as const,
      payload: { participantId: id, name: id, role, connectionId: id, device: 'other' },
      actor: null,
      commandId: null,
      audience: 'everyone' as const,
    })),
    said('c1', TESS.id, 'hello', null),
    said('c2', TESS.id, 'for Sam', SAM.id),
    {
      type: 'board.changed',
      payload: { boardId: BOARD, layer: 'shared', put: [record('shape:a')], removed: [], stroke: STROKE },
      actor: SAM.id,
      commandId: 'c3',
      audience: 'everyone',
    },
    {
      type: 'hand.raised',
      payload: { participantId: ADA.id },
      actor: ADA.id,
      commandId: 'c4',
      audience: 'everyone',
    },
  ];
  return bodies.map((body, index) => ({ ...body, seq: index + 1, at: 1000 + index }) as RoomEvent);
}

function said(
  commandId: string,
  actor: string,
  text: string,
  to: string | null,
): Omit<RoomEvent, 'seq' | 'at'> {
  return {
    type: 'chat.sent',
    payload: { text, authorName: actor, to },
    actor,
    commandId,
    audience: to ? { staff: false, participants: [actor, to] } : 'everyone',
  };
}

function endOf(viewer: ClientEnd['viewer'], events: readonly RoomEvent[]): ClientEnd {
  const seen = events.filter((event) => visibleEvent(event, viewer));
  return {
    name: viewer.id,
    viewer,
    head: applyAll(initialState(ROOM), events),
    chat: seen.flatMap((event) =>
      event.type === 'chat.sent' ? [{ ...chatMessageOf(event), status: 'sent' }] : [],
    ),
    boards: [{ boardId: BOARD, layer: 'shared', records: [record('shape:a')] }],
    streams: [
      {
        instance: 0,
        after: 0,
        hello: true,
        messages: [{ kind: 'frame', from: 1, to: events.length, events: seen }],
      },
    ],
  };
}

/** What an honest run leaves; each test then tampers with it. */
function honest(): Evidence {
  const events = makeLog();
  const people = [TESS, SAM, ADA];
  return {
    roomId: ROOM,
    headSeq: events.length,
    settledSeq: events.length,
    events,
    answers: [
      { id: 'c1', result: { ok: true, id: 'c1', seqs: [4] } },
      { id: 'c3', result: { ok: true, id: 'c3', seqs: [6] } },
    ],
    sent: [
      {
        by: TESS.id,
        body: { type: 'chat.send', payload: { text: 'hello', to: null } },
        result: { ok: true, id: 'c1', seqs: [4] },
      },
      {
        by: SAM.id,
        body: {
          type: 'board.change',
          payload: { boardId: BOARD, layer: 'shared', put: [record('shape:a')], removed: [], stroke: null },
        },
        result: { ok: true, id: 'c3', seqs: [6] },
      },
      {
        by: SAM.id,
        body: { type: 'page.turn', payload: { documentId: ROOM, page: 2 } },
        result: { ok: false, id: 'c9', code: 'NOT_ALLOWED' },
      },
      { by: ADA.id, body: { type: 'hand.raise', payload: {} }, result: null, left: true },
    ],
    clients: people.map((person) => endOf(person, events)),
    joiners: people.map((person) => endOf(person, events)),
  };
}

const counts = (evidence: Evidence) => {
  const { findings: _, ...numbers } = judge(evidence);
  return numbers;
};
/** Those of a class's events that have these seqs. */
const only = (...seqs: number[]) => makeLog().filter(({ seq }) => seqs.includes(seq));
const withClient = (evidence: Evidence, change: (client: ClientEnd) => Partial<ClientEnd>): Evidence => ({
  ...evidence,
  clients: evidence.clients.map((client, index) => (index === 1 ? { ...client, ...change(client) } : client)),
});

test('an honest run has nothing wrong', () => {
  expect(judge(honest())).toEqual({
    acknowledged: 2,
    lost: 0,
    duplicated: 0,
    gaps: 0,
    diverged: 0,
    findings: [],
  });
});

test('an acknowledged message that is not in the log is lost', () => {
  const evidence = honest();
  const events = evidence.events.map((event) => (event.seq === 4 ? { ...event, commandId: null } : event));
  expect(counts({ ...evidence, events }).lost).toBeGreaterThan(0);
});

test('an acknowledged message that says something else in the log is lost', () => {
  const evidence = honest();
  const [first, ...rest] = evidence.sent;
  if (first?.body.type !== 'chat.send') throw new Error('not a message');
  const body = { ...first.body, payload: { text: 'goodbye', to: null } };
  expect(counts({ ...evidence, sent: [{ ...first, body }, ...rest] }).lost).toBe(1);
});

test('an answer that was not kept is lost', () => {
  expect(counts({ ...honest(), answers: [] }).lost).toBe(2);
});

test('a message that stands in the log twice is a duplicate, under one id or two', () => {
  for (const commandId of ['c1', 'c5']) {
    const evidence = honest();
    const again = { ...said(commandId, TESS.id, 'hello', null), seq: 8, at: 2000 } as RoomEvent;
    const { duplicated } = counts({ ...evidence, events: [...evidence.events, again], headSeq: 8 });
    expect(duplicated).toBeGreaterThan(0);
  }
});

test('a stroke that stands in the log twice is a duplicate', () => {
  const evidence = honest();
  const [stroke] = only(6);
  const again = { ...stroke, commandId: 'c5', seq: 8, at: 2000 } as RoomEvent;
  const { duplicated } = counts({ ...evidence, events: [...evidence.events, again], headSeq: 8 });
  expect(duplicated).toBe(1);
});

test('a message or a stroke that was acknowledged and became nothing is lost; a hand that was up already is not', () => {
  const evidence = honest();
  const sent = evidence.sent.slice(0, 2).map((one, index) => {
    const result = { ok: true as const, id: `c${7 + index}`, seqs: [] };
    return { ...one, result };
  });
  const again = { ok: true as const, id: 'c9', seqs: [] };
  const hand = { by: ADA.id, body: { type: 'hand.raise' as const, payload: {} }, result: again };
  const answers = [...sent, hand].map(({ result }) => ({ id: result.id, result }));
  expect(counts({ ...evidence, sent: [...sent, hand], answers }).lost).toBe(2);
});

test('a command that was never answered, and a message that was refused, are lost', () => {
  const evidence = honest();
  const [first, ...rest] = evidence.sent;
  if (!first) throw new Error('nothing was sent');
  const refused = { ok: false as const, id: 'c7', code: 'INTERNAL' as const };
  for (const result of [null, refused])
    expect(counts({ ...evidence, sent: [{ ...first, result }, ...rest] }).lost).toBe(1);
});

test('a run in which nothing happened is not a good one', () => {
  const nothing = {
    ...honest(),
    headSeq: 0,
    settledSeq: 0,
    events: [],
    answers: [],
    sent: [],
    clients: [],
    joiners: [],
  };
  expect(counts(nothing)).toMatchObject({ lost: 1, diverged: 1 });
  const ends = [TESS, SAM, ADA].map((person) => endOf(person, makeLog()));
  expect(counts({ ...nothing, clients: ends, joiners: ends }).diverged).toBeGreaterThan(0);
});

test('a deleted shape that leaves what held on to it is found', () => {
  const evidence = honest();
  const [first] = only(6);
  if (first?.type !== 'board.changed') throw new Error('not a stroke');
  const hold = { id: 'binding:b', typeName: 'binding', fromId: 'shape:c', toId: 'shape:a' };
  const put = [record('shape:a'), record('shape:c'), hold];
  const erase = { ...first, seq: 8, at: 2000, commandId: 'c8' };
  const events = (removed: string[]): RoomEvent[] => [
    ...evidence.events,
    { ...erase, payload: { ...first.payload, put, stroke: null } },
    { ...erase, seq: 9, commandId: 'c9', payload: { ...first.payload, put: [], removed, stroke: null } },
  ];
  for (const [removed, diverged] of [
    [['shape:a', 'binding:b'], 0],
    [['shape:a'], 1],
  ] as const) {
    const log = events([...removed]);
    const boards = [{ boardId: BOARD, layer: 'shared', records: [record('shape:c')] }];
    const ends = [TESS, SAM, ADA].map((person) => ({ ...endOf(person, log), boards }));
    const judged = counts({ ...evidence, events: log, headSeq: 9, clients: ends, joiners: ends });
    expect(Math.sign(judged.diverged)).toBe(diverged);
  }
});

test('a refused command that stands in the log is found', () => {
  const evidence = honest();
  const result = { ok: false, id: 'c4', code: 'NOT_ALLOWED' } as const;
  const sent = evidence.sent.map((one) => (one.result === null ? { ...one, result } : one));
  expect(counts({ ...evidence, sent }).duplicated).toBe(1);
});

test('a hole in the log and a head that stands beyond it are gaps', () => {
  const evidence = honest();
  const events = evidence.events.filter((event) => event.seq !== 7);
  expect(counts({ ...evidence, events }).gaps).toBeGreaterThan(0);
});

test('a frame that skips a seq is a gap, and so is one that leaves out what the viewer may see', () => {
  const stream = { instance: 0, after: 3, hello: true };
  const skipping = [{ kind: 'frame' as const, from: 5, to: 7, events: only(5, 6, 7) }];
  const leavingOut = [{ kind: 'frame' as const, from: 4, to: 7, events: only(4, 5, 7) }];
  for (const messages of [skipping, leavingOut]) {
    expect(counts(withClient(honest(), () => ({ streams: [{ ...stream, messages }] }))).gaps).toBe(1);
  }
});

test('a frame that carries what the viewer may not see is found', () => {
  const evidence = honest();
  const [, , ada] = evidence.clients;
  const messages = [{ kind: 'frame' as const, from: 1, to: 7, events: evidence.events }];
  const streams = [{ instance: 0, after: 0, hello: true, messages }];
  const clients = evidence.clients.map((client) => (client === ada ? { ...client, streams } : client));
  expect(counts({ ...evidence, clients }).gaps).toBe(1);
});

test('a frame that carries something else than the log has is found, also where the seqs are right', () => {
  const events = makeLog().map((event) =>
    event.type === 'hand.raised' ? { ...event, payload: { participantId: TESS.id } } : event,
  );
  const messages = [{ kind: 'frame' as const, from: 1, to: 7, events }];
  const streams = [{ instance: 0, after: 0, hello: true, messages }];
  expect(counts(withClient(honest(), () => ({ streams }))).diverged).toBe(1);
});

const privateTo = (participantId: string) => ({
  ...said('c8', participantId, '', null),
  type: 'board.changed' as const,
  payload: { boardId: BOARD, layer: participantId, put: [], removed: [], stroke: null },
});
const leftTheDoor = {
  ...said('c8', SAM.id, '', null),
  type: 'door.left' as const,
  payload: { participantId: SAM.id },
};

test.each([
  { what: 'a private message', body: said('c8', TESS.id, 'also for Sam', SAM.id), others: [ADA.id] },
  { what: 'a private layer', body: privateTo(ADA.id), others: [SAM.id] },
  { what: 'the door', body: leftTheDoor, others: [SAM.id, ADA.id] },
])('$what that stands in the log for everyone is found with everybody who was told of it', (given) => {
  const { body, others } = given;
  const events = [...makeLog(), { ...body, audience: 'everyone', seq: 8, at: 2000 } as RoomEvent];
  const ends = [TESS, SAM, ADA].map((person) => endOf(person, events));
  const { findings } = judge({ ...honest(), events, headSeq: 8, clients: ends, joiners: ends });
  const told = findings.flatMap((finding) => /^gaps: (\S+): the frame/.exec(finding)?.[1] ?? []);
  expect([...new Set(told)]).toEqual(others);
});

test('a stream may go on after a snapshot', () => {
  const messages = [
    { kind: 'snapshot' as const, seq: 5 },
    { kind: 'frame' as const, from: 6, to: 7, events: only(6, 7) },
  ];
  const streams = [{ instance: 0, after: 2, hello: true, messages }];
  expect(counts(withClient(honest(), () => ({ streams }))).gaps).toBe(0);
});

test('a head, a chat or a board that is not what the log makes has diverged', () => {
  const wrongHead = withClient(honest(), ({ head }) => ({ head: { ...head, people: {} } }));
  const behind = withClient(honest(), ({ head }) => ({ head: { ...head, seq: 6 } }));
  const missing = withClient(honest(), ({ chat }) => ({ chat: chat.slice(1) }));
  const unsent = withClient(honest(), ({ chat }) => ({
    chat: chat.map((message) => ({ ...message, status: 'sending' })),
  }));
  const erased = withClient(honest(), ({ boards }) => ({
    boards: boards.map((board) => ({ ...board, records: [] })),
  }));
  for (const evidence of [wrongHead, behind, missing, unsent, erased])
    expect(counts(evidence).diverged).toBeGreaterThan(0);
});
