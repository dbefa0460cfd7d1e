import type { Executor } from '@/db/client';
import { apply } from '@/room/apply';
import { BoardDraft, type Layer } from '@/room/boards';
import type { CommandResult, SystemCommandBody } from '@/room/commands';
import { decide, type DecideContext, type Decision, type DocumentFacts } from '@/room/decide';
import { decideSystem } from '@/room/decide-system';
import type { RoomEvent } from '@/room/events';
import type { RoomState } from '@/room/state';
import type { App } from '../app';
import { documentForRoom } from '../documents/service';
import { AppError } from '../errors';
import { failpoint } from '../failpoint';
import type { ParsedCommand } from './command-door';
import type { Participant } from './people';
import * as queries from './queries/log';
import { markRemoved } from './queries/people';
import { boardKey, type RoomCache } from './room-cache';
import { recordValidator } from './validator';

/** A parsed command and who sent it. */
export type AskedCommand = { actor: Participant; command: ParsedCommand };

/** What an append did: the answers in the order of what was asked, and the events that it committed. */
export type Appended = { results: CommandResult[]; events: RoomEvent[]; state: RoomState };

/** Facts of documents by document id, for each participant. */
type DocumentsOf = Map<string, Map<string, DocumentFacts>>;

/** Scratch state of one append: becomes true only with the commit. */
type Draft = {
  state: RoomState;
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
  return app.db.transaction(async (tx) => {
    const { draft, head } = await beginDraft(tx, cache);
    await draftBoards(tx, cache, draft, asked);
    const known = new Map<string, queries.StoredAnswer>();
    const ids = asked.map(({ command }) => command.id);
    for (const answer of await queries.selectAnswers(tx, cache.roomId, ids)) known.set(answer.id, answer);

    const fresh: queries.StoredAnswer[] = [];
    const results = asked.map(({ actor, command }): CommandResult => {
      const before = known.get(command.id);
      if (before) return answerAgain(before, actor, command);
      const result = carryOut(app, draft, { actor, command }, documents);
      if (result.ok) {
        const answer = { id: command.id, actor: actor.id, hash: command.hash, result };
        known.set(command.id, answer);
        fresh.push(answer);
      }
      return result;
    });
    await queries.insertAnswers(tx, cache.roomId, fresh);
    await commitDraft(tx, cache.roomId, draft, head);
    return { results, events: draft.events.map(({ event }) => event), state: draft.state };
  });
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
    const decision = decideSystem(draft.state, body);
    if ('refusal' in decision)
      throw new AppError(decision.refusal === 'BAD_RECORD' ? 'INTERNAL' : decision.refusal);
    fold(draft, decision, null, null);
    await commitDraft(tx, cache.roomId, draft, head);
    const events = draft.events.map(({ event }) => event);
    await also?.(tx, events);
    return { results: [], events, state: draft.state };
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
  for (const { event } of draft.events) {
    if (event.type === 'person.removed') await markRemoved(tx, roomId, event.payload.participantId, event.at);
  }
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

async function draftBoards(
  tx: Executor,
  cache: RoomCache,
  draft: Draft,
  asked: readonly AskedCommand[],
): Promise<void> {
  for (const { command } of asked) {
    if (command.body.type !== 'board.change') continue;
    const { boardId, layer } = command.body.payload;
    const key = boardKey(boardId, layer);
    if (!draft.boards.has(key)) draft.boards.set(key, new BoardDraft(await cache.board(tx, boardId, layer)));
  }
}

/** What each person may open, of what they name. Looked up before the room is locked: it does not depend on the room. */
async function lookUpDocuments(
  app: App,
  roomId: string,
  asked: readonly AskedCommand[],
): Promise<DocumentsOf> {
  const found: DocumentsOf = new Map();
  for (const { actor, command } of asked) {
    if (command.body.type !== 'document.open') continue;
    const { documentId } = command.body.payload;
    const facts = await documentForRoom(app, { documentId, roomId, userId: actor.userId });
    const own = found.get(actor.id) ?? new Map<string, DocumentFacts>();
    found.set(actor.id, own);
    if (facts) own.set(documentId, facts);
  }
  return found;
}
