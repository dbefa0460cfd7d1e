import type { Executor } from '@/db/client';
import { apply } from '@/room/apply';
import { BoardDraft, type Layer } from '@/room/boards';
import type { CommandResult, SystemCommandBody } from '@/room/commands';
import { decide } from '@/room/decide';
import { decideSystem } from '@/room/decide-system';
import type { DecideContext, Decision } from '@/room/decision';
import type { RoomEvent } from '@/room/events';
import type { RoomState } from '@/room/state';
import type { App } from '../app';
import { AppError } from '../errors';
import { failpoint } from '../failpoint';
import { type AskedCommand, type DocumentsOf, loadBoards, lookUpDocuments } from './append-facts';
import type { ParsedCommand } from './command-door';
import type { Participant } from './people';
import { appendIfCurrent } from './queries/append';
import * as queries from './queries/log';
import { isPersonFact, writePersonFact } from './people-rows';
import { boardKey, type RoomCache } from './room-cache';
import { runtimeOf } from './runtime';
import { recordValidator } from './validator';

/** What an append did: the answers in the order of what was asked, and the events that it committed. */
export type Appended = { results: CommandResult[]; events: RoomEvent[] };

/** Scratch state of one append: becomes true only with the commit. */
type Draft = {
  state: RoomState;
  /** Postgres' time, ms since the epoch: as it was read under the lock, or else about what it will be. */
  now: number;
  events: { event: RoomEvent; lessonId: string | null }[];
  boards: Map<string, BoardDraft>;
};

/**
 * Carries out commands of several people in one transaction (L2, L3), each with its own answer. Throws only where the
 * database does, NOT_FOUND where there is no such room; then nothing was committed, as far as anybody can know.
 */
export async function appendGroup(
  app: App,
  cache: RoomCache,
  asked: readonly AskedCommand[],
): Promise<Appended> {
  const documents = await lookUpDocuments(app, cache.roomId, asked);
  return (
    (await appendAtOnce(app, cache, asked, documents)) ?? (await appendLocked(app, cache, asked, documents))
  );
}

/** The whole way: under the room's lock, caught up with whatever other processes wrote, with the ids that are known. */
async function appendLocked(
  app: App,
  cache: RoomCache,
  asked: readonly AskedCommand[],
  documents: DocumentsOf,
): Promise<Appended> {
  return app.db.transaction(async (tx) => {
    const { draft, head } = await beginDraft(tx, cache);
    for (const [key, board] of await loadBoards(tx, cache, asked))
      draft.boards.set(key, new BoardDraft(board));
    const ids = asked.map(({ command }) => command.id);
    const known = await queries.selectAnswers(tx, cache.roomId, ids);
    const { results, fresh } = decideAll(app, draft, asked, { documents, known });
    await queries.insertAnswers(tx, cache.roomId, fresh);
    await commitDraft(tx, cache.roomId, draft, head);
    runtimeOf(app).noteClock(head.now);
    return { results, events: draft.events.map(({ event }) => event) };
  });
}

/** What one statement may carry, in characters. */
const MAX_AT_ONCE = 8_000_000;

/**
 * The short way (L3.3), while this process knows the room as it is: everything is decided in memory, and one statement
 * writes it if the log still ends where it was thought to. Null: it did not, or the whole way is needed; nothing was written.
 */
async function appendAtOnce(
  app: App,
  cache: RoomCache,
  asked: readonly AskedCommand[],
  documents: DocumentsOf,
): Promise<Appended | null> {
  if (!cache.state) return null;
  const boards = await loadBoards(app.db, cache, asked);
  // From here to the statement nothing is awaited, unless it is compared with the log's end after it.
  const { state } = cache;
  if (!state || [...boards].some(([key, board]) => cache.boardInMemory(key) !== board)) return null;
  const draft: Draft = {
    state,
    now: Math.max(state.at, runtimeOf(app).serverNow()),
    events: [],
    boards: new Map([...boards].map(([key, board]) => [key, new BoardDraft(board)])),
  };
  const { results, fresh } = decideAll(app, draft, asked, { documents, known: [] });
  const refused = results.flatMap((result) => (result.ok ? [] : [result.id]));
  // What is refused now may have been carried out before: then that is the answer (L1.3).
  if (refused.length > 0 && (await queries.selectAnswers(app.db, cache.roomId, refused)).length > 0)
    return null;
  // These change another table too.
  if (draft.events.some(({ event }) => isPersonFact(event))) return null;
  if (fresh.length === 0) {
    const head = await queries.selectHead(app.db, cache.roomId);
    return head?.headSeq === state.seq ? { results, events: [] } : null;
  }
  const written = await writeAtOnce(app, cache.roomId, { draft, fresh, expectedSeq: state.seq });
  return written && { results, events: written };
}

async function writeAtOnce(
  app: App,
  roomId: string,
  { draft, fresh, expectedSeq }: { draft: Draft; fresh: queries.StoredAnswer[]; expectedSeq: number },
): Promise<RoomEvent[] | null> {
  failpoint('before-commit');
  const append = { expectedSeq, headSeq: draft.state.seq, events: draft.events, answers: fresh };
  const clock = await appendIfCurrent(app.db, roomId, append, MAX_AT_ONCE);
  if (!clock) return null;
  runtimeOf(app).noteClock(clock.now);
  // The time that they have is Postgres' own (L4).
  return draft.events.map(({ event }) => ({ ...event, at: clock.at }));
}

/** Decides commands in order on a draft. What was answered before, and what comes twice here, gets its answer again. */
function decideAll(
  app: App,
  draft: Draft,
  asked: readonly AskedCommand[],
  { documents, known }: { documents: DocumentsOf; known: readonly queries.StoredAnswer[] },
): { results: CommandResult[]; fresh: queries.StoredAnswer[] } {
  const answers = new Map(known.map((answer) => [answer.id, answer]));
  const fresh: queries.StoredAnswer[] = [];
  const results = asked.map(({ actor, command }): CommandResult => {
    const before = answers.get(command.id);
    if (before) return answerAgain(before, actor, command);
    const result = carryOut(app, draft, { actor, command }, documents);
    if (result.ok) {
      const answer = { id: command.id, actor: actor.id, hash: command.hash, result };
      answers.set(command.id, answer);
      fresh.push(answer);
    }
    return result;
  });
  return { results, fresh };
}

/**
 * Carries out what the server itself asks. `also` runs in the same transaction, after the events were written, and is
 * told of them; what it throws undoes everything. Throws the refusal as an AppError.
 */
export async function appendSystemCommand(
  app: App,
  cache: RoomCache,
  body: SystemCommandBody,
  also?: (tx: Executor, events: readonly RoomEvent[]) => Promise<void>,
): Promise<Appended> {
  return app.db.transaction(async (tx) => {
    const { draft, head } = await beginDraft(tx, cache);
    const decision = decideSystem(draft.state, body, draft.now);
    if ('refusal' in decision)
      throw new AppError(decision.refusal === 'BAD_RECORD' ? 'INTERNAL' : decision.refusal);
    fold(draft, decision, null, null);
    await commitDraft(tx, cache.roomId, draft, head);
    const events = draft.events.map(({ event }) => event);
    await also?.(tx, events);
    return { results: [], events };
  });
}

async function beginDraft(tx: Executor, cache: RoomCache): Promise<{ draft: Draft; head: queries.RoomHead }> {
  const head = await queries.lockHead(tx, cache.roomId);
  if (!head) throw new AppError('NOT_FOUND');
  if (cache.seq > head.headSeq) cache.reset();
  const state = await cache.catchUp(tx, head);
  return { head, draft: { state, now: Math.max(head.lastAt, head.now), events: [], boards: new Map() } };
}

async function commitDraft(
  tx: Executor,
  roomId: string,
  draft: Draft,
  head: queries.RoomHead,
): Promise<void> {
  if (draft.state.seq === head.headSeq) return;
  await queries.insertEvents(tx, roomId, draft.events);
  for (const { event } of draft.events) if (isPersonFact(event)) await writePersonFact(tx, roomId, event);
  await queries.updateHead(tx, roomId, draft.state.seq, draft.now);
  failpoint('before-commit');
}

/** The same id again: the same answer, if the same person asks the same (L1). */
function answerAgain(
  before: queries.StoredAnswer,
  actor: Participant,
  command: ParsedCommand,
): CommandResult {
  return before.actor === actor.id && before.hash === command.hash
    ? before.result
    : { ok: false, id: command.id, code: 'ID_REUSED' };
}

/** Decides one command on the draft. What throws is refused alone (L3), and leaves the draft as it was. */
function carryOut(
  app: App,
  draft: Draft,
  { actor, command }: AskedCommand,
  documents: DocumentsOf,
): CommandResult {
  try {
    const context: DecideContext = {
      actor,
      now: draft.now,
      documents: documents.get(actor.id) ?? new Map(),
      validateRecord: recordValidator,
      board: (boardId, layer) => boardOf(draft, boardId, layer),
    };
    const decision = decide(draft.state, context, command.body);
    if ('refusal' in decision) return { ok: false, id: command.id, code: decision.refusal };
    const seqs = fold(draft, decision, actor.id, command.id);
    return { ok: true, id: command.id, seqs, ...refusedOf(decision) };
  } catch (error) {
    app.log.error({ err: error, commandId: command.id, type: command.body.type }, 'a command failed');
    return { ok: false, id: command.id, code: 'INTERNAL' };
  }
}

function refusedOf(decision: Extract<Decision, { events: unknown }>) {
  return decision.refusedRecords ? { refusedRecords: decision.refusedRecords } : {};
}

/** Gives a decision's events their place in the log and folds them into the draft: all of them, or none if one throws. */
function fold(
  draft: Draft,
  decision: Extract<Decision, { events: unknown }>,
  actor: string | null,
  commandId: string | null,
): number[] {
  let { state } = draft;
  const added: Draft['events'] = [];
  for (const { body, audience } of decision.events) {
    const event: RoomEvent = { ...body, seq: state.seq + 1, at: draft.now, actor, commandId, audience };
    const before = state.lesson?.id ?? null;
    state = apply(state, event);
    added.push({ event, lessonId: state.lesson?.id ?? before });
  }
  for (const { event } of added) {
    if (event.type === 'board.changed')
      boardOf(draft, event.payload.boardId, event.payload.layer).fold(event.payload);
  }
  draft.state = state;
  draft.events.push(...added);
  return added.map(({ event }) => event.seq);
}

function boardOf(draft: Draft, boardId: string, layer: Layer): BoardDraft {
  const board = draft.boards.get(boardKey(boardId, layer));
  if (!board) throw new Error(`board ${boardId} was not loaded`);
  return board;
}
