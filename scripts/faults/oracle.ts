import { isDeepStrictEqual } from 'node:util';
import { applyAll, initialState } from '@/room/apply';
import type { BoardRecord, Layer } from '@/room/boards';
import type { CommandBody, CommandResult } from '@/room/commands';
import type { RoomEvent } from '@/room/events';
import { chatMessageOf } from '@/room/frames';
import { unpackRecord } from '@/room/packed-strokes';
import type { ChatMessage, RoomState } from '@/room/state';
import { type RoomViewer, visible } from '@/room/visible';
import type { StreamRecord } from './lane';

/**
 * A command that a client sent. `result` is null where no answer came; `left`: its tab was closed before one could, so that it
 * may have happened or not.
 */
export type Sent = { by: string; body: CommandBody; result: CommandResult | null; left?: boolean };

/** What one tab shows when all is quiet. */
export type ClientEnd = {
  name: string;
  viewer: RoomViewer;
  head: RoomState;
  chat: readonly (ChatMessage & { status: string })[];
  boards: readonly { boardId: string; layer: Layer; records: readonly BoardRecord[] }[];
  streams: readonly StreamRecord[];
};

export type Evidence = {
  roomId: string;
  headSeq: number;
  /** What everybody had to know before this was taken. */
  settledSeq: number;
  /** The whole log, as the database has it. */
  events: readonly RoomEvent[];
  /** The stored answers. */
  answers: readonly { id: string; result: CommandResult }[];
  sent: readonly Sent[];
  clients: readonly ClientEnd[];
  /** The same people in tabs that were opened at the end, in the same order. */
  joiners: readonly ClientEnd[];
};

export type Verdict = {
  acknowledged: number;
  lost: number;
  duplicated: number;
  gaps: number;
  diverged: number;
  /** A sentence for each. */
  findings: string[];
};

type Fault = 'lost' | 'duplicated' | 'gaps' | 'diverged';

/** Holds what clients were told and what they show against the log in the database. */
export function judge(evidence: Evidence): Verdict {
  const verdict: Verdict = { acknowledged: 0, lost: 0, duplicated: 0, gaps: 0, diverged: 0, findings: [] };
  const found = (fault: Fault, sentence: string) => {
    verdict[fault] += 1;
    verdict.findings.push(`${fault}: ${sentence}`);
  };
  judgeLog(evidence, found);
  for (const sent of evidence.sent) {
    if (sent.result?.ok) verdict.acknowledged += 1;
  }
  // A run in which nothing happened proves nothing.
  if (verdict.acknowledged === 0) found('lost', 'nothing was acknowledged');
  if (evidence.clients.length === 0) found('diverged', 'nobody was there');
  judgeAnswers(evidence, found);
  judgePayloads(evidence, found);
  for (const client of [...evidence.clients, ...evidence.joiners]) {
    judgeStreams(client, evidence.events, found);
    judgeView(client, evidence, found);
  }
  evidence.clients.forEach((client, index) => {
    const joiner = evidence.joiners[index];
    if (!joiner || !isDeepStrictEqual(client.viewer, joiner.viewer))
      found('diverged', `${client.name}: no joiner of the same role`);
    else if (client.head.seq === joiner.head.seq) judgeSame(client, joiner, found);
  });
  return verdict;
}

type Found = (fault: Fault, sentence: string) => void;

/** The log itself: 1, 2, 3 … up to the head, in time, and each command in one place. */
function judgeLog({ events, headSeq }: Evidence, found: Found): void {
  const places = new Map<string, number[]>();
  events.forEach((event, index) => {
    if (event.seq !== index + 1) found('gaps', `the log has ${event.seq} in place ${index + 1}`);
    const before = events[index - 1];
    if (before && event.at < before.at) found('diverged', `the time runs backwards at ${event.seq}`);
    if (!event.commandId) return;
    places.set(event.commandId, [...(places.get(event.commandId) ?? []), event.seq]);
  });
  if (headSeq !== events.length) found('gaps', `the head is ${headSeq}, the log has ${events.length} events`);
  for (const [id, seqs] of places) {
    if (seqs.some((seq, index) => seq !== (seqs[0] ?? 0) + index))
      found('duplicated', `command ${id} stands in the log at ${seqs.join(', ')}`);
  }
}

/** Each answer that somebody got: what it says stands in the log, and in the stored answers, and was nobody else's. */
function judgeAnswers({ events, answers, sent }: Evidence, found: Found): void {
  const stored = new Map(answers.map((answer) => [answer.id, answer.result]));
  const seqsOf = new Map<string, number[]>();
  for (const { commandId, seq } of events) {
    if (commandId) seqsOf.set(commandId, [...(seqsOf.get(commandId) ?? []), seq]);
  }
  for (const { by, body, result, left } of sent) {
    if (!result && !left) found('lost', `${body.type} of ${by} was never answered`);
    if (!result) continue;
    const seqs = seqsOf.get(result.id) ?? [];
    const what = `${body.type} ${result.id}`;
    if (!result.ok) {
      // INTERNAL is also what a tab says of itself when it has given up: that may have happened or not.
      if (seqs.length > 0 && result.code !== 'INTERNAL')
        found('duplicated', `${what} was refused as ${result.code} and stands in the log at ${seqs.join()}`);
      // Everybody may say something to everybody, however often the server was away meanwhile.
      if (body.type === 'chat.send' && body.payload.to === null)
        found('lost', `${what} was refused as ${result.code}`);
      continue;
    }
    if (!isDeepStrictEqual(seqs, [...result.seqs]))
      found('lost', `${what} was acknowledged at ${result.seqs.join()} and stands at ${seqs.join()}`);
    else if (seqs.length === 0 && isMade(body)) found('lost', `${what} was acknowledged and is nowhere`);
    else if (!seqs.every((seq) => carries(events[seq - 1], by, body, result.refusedRecords)))
      found('lost', `${what} stands in the log as something else`);
    if (!isDeepStrictEqual(stored.get(result.id), result)) found('lost', `${what}: its answer was not kept`);
  }
}

/** What people make: accepted, it stands in the log. Other commands become nothing where it is so already. */
function isMade(body: CommandBody): boolean {
  return body.type === 'chat.send' || (body.type === 'board.change' && body.payload.put.length > 0);
}

/** Whether an event is what somebody asked for; only what people make is looked into. */
function carries(
  event: RoomEvent | undefined,
  by: string,
  body: CommandBody,
  refused: readonly string[] = [],
): boolean {
  if (event?.actor !== by) return false;
  if (body.type === 'chat.send')
    return (
      event.type === 'chat.sent' &&
      event.payload.text === body.payload.text &&
      event.payload.to === body.payload.to
    );
  if (body.type === 'board.change')
    return (
      event.type === 'board.changed' &&
      isDeepStrictEqual(
        asDrawn(event.payload.put),
        asDrawn(body.payload.put.filter(({ id }) => !refused.includes(id))),
      )
    );
  return true;
}

/** What people made stands in the log once, whatever ids it went by. */
function judgePayloads({ events }: Evidence, found: Found): void {
  const places = new Map<string, number>();
  for (const event of events) {
    const made = madeIn(event);
    if (made === null) continue;
    const before = places.get(made);
    if (before) found('duplicated', `${made} stands at ${before} and at ${event.seq}`);
    places.set(made, event.seq);
  }
}

/** The name of what somebody made by an event: each text and each stroke of a run has its own. */
function madeIn(event: RoomEvent): string | null {
  if (event.type === 'chat.sent') return `"${event.payload.text}"`;
  return event.type === 'board.changed' ? (event.payload.stroke?.shapeId ?? null) : null;
}

/**
 * Whether an event is for somebody, by the protocol (L6, P6, P12, D3) and in words of its own: an audience that was fixed wrongly,
 * and a reader of audiences that reads them wrongly, are both found by it.
 */
function isFor({ type, payload, actor }: RoomEvent, { id, role }: RoomViewer): boolean {
  const isStaff = role === 'owner' || role === 'teacher';
  switch (type) {
    case 'chat.sent':
      return payload.to === null || payload.to === id || actor === id;
    case 'board.changed':
      return payload.layer === 'shared' || payload.layer === 'revealed' || payload.layer === id || isStaff;
    case 'door.knocked':
    case 'door.answered':
    case 'door.left':
      return isStaff;
    default:
      return true;
  }
}

/** Every stream goes on from where the client stood, without a gap, and carries just what this viewer may see, as it is. */
function judgeStreams(
  { name, viewer, streams }: ClientEnd,
  events: readonly RoomEvent[],
  found: Found,
): void {
  for (const { after, messages } of streams) {
    let at = after;
    for (const message of messages) {
      if (message.kind === 'snapshot') {
        at = message.seq;
        continue;
      }
      const { from, to } = message;
      if (from !== at + 1) found('gaps', `${name}: a frame from ${from} came after ${at}`);
      const theirs = events.slice(from - 1, to).filter((event) => isFor(event, viewer));
      const [told, due] = [seqList(message.events), seqList(theirs)];
      if (told !== due) found('gaps', `${name}: the frame ${from}–${to} holds ${told}, not ${due}`);
      else if (!isDeepStrictEqual(message.events, theirs))
        found(
          'diverged',
          `${name}: the frame ${from}–${to} is not what the log has; ${difference(message.events, theirs)}`,
        );
      at = to;
    }
  }
}

function seqList(events: readonly RoomEvent[]): string {
  return events.map(({ seq }) => seq).join();
}

/** What a tab shows is what the log makes of it, for this viewer, up to where the tab stands. */
function judgeView(client: ClientEnd, { roomId, settledSeq, events }: Evidence, found: Found): void {
  const { name, viewer, head } = client;
  if (head.seq < settledSeq) found('diverged', `${name} stands at ${head.seq}, the log at ${settledSeq}`);
  const log = events.slice(0, head.seq);
  const expected = visible(applyAll(initialState(roomId), log), viewer);
  if (!isDeepStrictEqual(plain(head), plain(expected)))
    found(
      'diverged',
      `${name}: the head at ${head.seq} is not what the log makes; ${difference(head, expected)}`,
    );
  const chat = log.flatMap((event) =>
    event.type === 'chat.sent' && isFor(event, viewer) ? [{ ...chatMessageOf(event), status: 'sent' }] : [],
  );
  if (!isDeepStrictEqual(plain(client.chat), plain(chat)))
    found('diverged', `${name}: the chat is not the log's; ${difference(client.chat, chat)}`);
  for (const { boardId, layer, records } of client.boards) {
    const board = boardOf(log, boardId, layer);
    for (const { id, fromId, toId } of board.values()) {
      const loose = [fromId, toId].filter((end) => typeof end === 'string' && !board.has(end));
      if (loose.length > 0) found('diverged', `${id} on ${boardId} ${layer} holds on to nothing`);
    }
    if (!isDeepStrictEqual(byId(records), byId([...board.values()])))
      found(
        'diverged',
        `${name}: the board ${boardId} ${layer} is not the log's; ${difference(byId(records), byId([...board.values()]))}`,
      );
  }
}

function judgeSame(client: ClientEnd, joiner: ClientEnd, found: Found): void {
  if (!isDeepStrictEqual(plain(client.head), plain(joiner.head)))
    found('diverged', `${client.name}: a joiner sees another head; ${difference(client.head, joiner.head)}`);
  if (!isDeepStrictEqual(plain(client.chat), plain(joiner.chat)))
    found('diverged', `${client.name}: a joiner sees another chat; ${difference(client.chat, joiner.chat)}`);
}

/** By what the events name alone: they say all that goes along with what was deleted (B2). */
function boardOf(events: readonly RoomEvent[], boardId: string, layer: Layer): Map<string, BoardRecord> {
  const records = new Map<string, BoardRecord>();
  for (const event of events) {
    if (event.type !== 'board.changed') continue;
    if (event.payload.boardId !== boardId || event.payload.layer !== layer) continue;
    for (const id of event.payload.removed) records.delete(id);
    for (const record of asDrawn(event.payload.put)) records.set(record.id, record);
  }
  return records;
}

/** Strokes are packed in the log, and not in a tab (B4). */
function asDrawn(records: readonly BoardRecord[]): BoardRecord[] {
  return records.map(unpackRecord);
}

function byId(records: readonly BoardRecord[]): Record<string, unknown> {
  return Object.fromEntries(
    records.toSorted((one, other) => (one.id < other.id ? -1 : 1)).map((record) => [record.id, record]),
  );
}

/** As it would travel: nothing that is undefined. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}

/** The first place in which two values are not the same, for whoever reads the finding. */
function difference(one: unknown, other: unknown, path = ''): string {
  if (isDeepStrictEqual(one, other)) return 'nothing';
  if (typeof one === 'object' && one && typeof other === 'object' && other) {
    const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
    for (const key of keys) {
      const [left, right] = [Reflect.get(one, key), Reflect.get(other, key)] as [unknown, unknown];
      if (!isDeepStrictEqual(left, right)) return difference(left, right, `${path}.${key}`);
    }
  }
  const shown = (value: unknown) => (JSON.stringify(value) ?? 'nothing').slice(0, 300);
  return `${path.slice(1)} is ${shown(one)}, not ${shown(other)}`;
}
