import { isDeepStrictEqual } from 'node:util';
import { applyAll, initialState } from '@/room/apply';
import { type BoardRecord, foldBoard, type Layer } from '@/room/boards';
import type { CommandBody, CommandResult } from '@/room/commands';
import type { RoomEvent } from '@/room/events';
import { chatMessageOf } from '@/room/frames';
import { unpackRecord } from '@/room/packed-strokes';
import type { ChatMessage, RoomState } from '@/room/state';
import { type RoomViewer, visible, visibleEvent } from '@/room/visible';
import type { StreamRecord } from './lane';

/** A command that a client sent. `result` is null where nobody waited for the answer: then it may have happened or not. */
export type Sent = { by: string; body: CommandBody; result: CommandResult | null };

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
  for (const { by, body, result } of sent) {
    if (!result) continue;
    const seqs = seqsOf.get(result.id) ?? [];
    const what = `${body.type} ${result.id}`;
    if (!result.ok) {
      // INTERNAL is also what a tab says of itself when it has given up: that may have happened or not.
      if (seqs.length > 0 && result.code !== 'INTERNAL')
        found('duplicated', `${what} was refused as ${result.code} and stands in the log at ${seqs.join()}`);
      continue;
    }
    if (!isDeepStrictEqual(seqs, [...result.seqs]))
      found('lost', `${what} was acknowledged at ${result.seqs.join()} and stands at ${seqs.join()}`);
    else if (!seqs.every((seq) => carries(events[seq - 1], by, body)))
      found('lost', `${what} stands in the log as something else`);
    if (!isDeepStrictEqual(stored.get(result.id), result)) found('lost', `${what}: its answer was not kept`);
  }
}

/** Whether an event is what somebody asked for; only what people make is looked into. */
function carries(event: RoomEvent | undefined, by: string, body: CommandBody): boolean {
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
      isDeepStrictEqual(asDrawn(event.payload.put), asDrawn(body.payload.put))
    );
  return true;
}

/** What people made stands in the log once, whatever ids it went by. */
function judgePayloads({ events }: Evidence, found: Found): void {
  const texts = new Map<string, number>();
  for (const event of events) {
    if (event.type !== 'chat.sent') continue;
    const before = texts.get(event.payload.text);
    if (before) found('duplicated', `"${event.payload.text}" stands at ${before} and at ${event.seq}`);
    texts.set(event.payload.text, event.seq);
  }
}

/** Every stream goes on from where the client stood, without a gap, and carries just what this viewer may see. */
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
      const { from, to, seqs } = message;
      if (from !== at + 1) found('gaps', `${name}: a frame from ${from} came after ${at}`);
      const visibleSeqs = events
        .slice(from - 1, to)
        .flatMap((event) => (visibleEvent(event, viewer) ? [event.seq] : []));
      if (!isDeepStrictEqual(visibleSeqs, [...seqs]))
        found('gaps', `${name}: the frame ${from}–${to} holds ${seqs.join()}, not ${visibleSeqs.join()}`);
      at = to;
    }
  }
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
    event.type === 'chat.sent' && visibleEvent(event, viewer)
      ? [{ ...chatMessageOf(event), status: 'sent' }]
      : [],
  );
  if (!isDeepStrictEqual(plain(client.chat), plain(chat)))
    found('diverged', `${name}: the chat is not the log's; ${difference(client.chat, chat)}`);
  for (const { boardId, layer, records } of client.boards) {
    const board = boardOf(log, boardId, layer);
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

function boardOf(events: readonly RoomEvent[], boardId: string, layer: Layer): Map<string, BoardRecord> {
  const records = new Map<string, BoardRecord>();
  for (const event of events) {
    if (event.type === 'board.changed' && event.payload.boardId === boardId && event.payload.layer === layer)
      foldBoard(records, { ...event.payload, put: asDrawn(event.payload.put) });
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
