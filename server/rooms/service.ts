import { type Attendance, attendanceOf } from '@/room/attendance';
import type { BoardRecord, Layer } from '@/room/boards';
import type { CommandResult, SystemCommandBody } from '@/room/commands';
import { isOpenBoard } from '@/room/decide-stage';
import type { RoomEvent } from '@/room/events';
import { chatMessageOf } from '@/room/frames';
import { CHAT_PAGE } from '@/room/limits';
import { mayReadLayer } from '@/room/policy';
import type { ChatMessage, RoomState } from '@/room/state';
import { type RoomViewer, visible } from '@/room/visible';
import type { App } from '../app';
import { AppError } from '../errors';
import { metrics } from '../metrics';
import { type DoorAnswer, parseCommand } from './command-door';
import { BYTES_OF_ONE } from './limits';
import { refuseLink } from './media-links';
import type { Participant } from './people';
import * as queries from './queries/log';
import { readState } from './read-state';
import { selectRoom, selectRoomIdBySlug, selectRoomsPresentedBy } from './queries/people';
import { boardAt, stateAt } from './room-cache';
import { enqueueCommands, enqueueSystem, type SystemHook } from './room-queue';
import { runtimeOf } from './runtime';
import { comeAgain } from './told-to-wait';

export { createRoom } from './create-room';
export { roomSlug } from './slug';
export { type AtTheDoor, knock, lookAtDoor } from './door';
export { owes, type Standing } from './door-policy';
export { onCommitted } from './effects';
export { listLayers, type MarkedLayer, readLayer } from './layers';
export { readState } from './read-state';
export { admit, type Admission, findParticipant, type Participant } from './people';

/** A command as it came in: only its id was looked at so far. */
export type RawCommand = { id: string; [field: string]: unknown };

/**
 * Carries out a participant's commands, in order, and answers each (L1–L4). An answer with `ok` means: committed.
 * Throws only where the room or the database is not there; then the same commands may be sent again, with the same ids.
 */
export async function appendCommands(
  app: App,
  { roomId, actor, commands }: { roomId: string; actor: Participant; commands: readonly RawCommand[] },
): Promise<CommandResult[]> {
  const results = await answer(app, roomId, actor, commands);
  for (const result of results) if (!result.ok) metrics.refusals.inc({ code: result.code });
  return results;
}

async function answer(
  app: App,
  roomId: string,
  actor: Participant,
  commands: readonly RawCommand[],
): Promise<CommandResult[]> {
  const { limits } = runtimeOf(app);
  const tooMany = await limits.take(roomId, actor.id, commands.length);
  if (tooMany !== null) return comeAgain(commands, tooMany);
  const checked = await Promise.all(commands.map((raw) => checkCommand(app, actor, raw)));
  const asked = checked.flatMap((door) => (door.ok ? [{ actor, command: door.command }] : []));
  const weight = asked.reduce((sum, { command }) => sum + Math.floor(command.bytes / BYTES_OF_ONE), 0);
  const tooMuch = weight > 0 ? await limits.take(roomId, actor.id, weight) : null;
  if (tooMuch !== null) return comeAgain(commands, tooMuch);
  const answers = asked.length > 0 ? await enqueueCommands(app, roomId, asked) : [];
  let next = 0;
  return checked.map((door, index): CommandResult => {
    if (door.ok) return answers[next++] ?? { ok: false, id: door.command.id, code: 'INTERNAL' };
    return { ok: false, id: commands[index]?.id ?? '', code: door.code };
  });
}

/** The shape of a command, and where it names an address, what lies behind it: nothing that takes long happens in the queue. */
async function checkCommand(app: App, actor: Participant, raw: RawCommand): Promise<DoorAnswer> {
  const door = parseCommand(raw);
  if (!door.ok) return door;
  const code = await refuseLink(app, actor, door.command.body);
  return code ? { ok: false, code } : door;
}

/**
 * Carries out what the server itself asks of a room: lifecycle and presence. Gives the events that were committed: none
 * where it was so already.
 * @param also  runs in the same transaction after the events, for the caller's own rows; what it throws undoes both
 * Throws the refusal as an AppError: ANOTHER_LESSON_LIVE, REMOVED, NOT_FOUND.
 */
export async function appendSystem(
  app: App,
  roomId: string,
  command: SystemCommandBody,
  also?: SystemHook,
): Promise<readonly RoomEvent[]> {
  return (await enqueueSystem(app, roomId, command, also)).events;
}

/**
 * Tells the rooms in which somebody's document is open that its file is another one. Doing it twice changes nothing.
 * @param ownerId  the account whose document it is: it is open only where they, or the staff of their courses, present
 */
export async function tellOfReplacement(
  app: App,
  ownerId: string,
  document: { documentId: string; pageCount: number; version: number },
): Promise<void> {
  for (const roomId of await selectRoomsPresentedBy(app.db, ownerId)) {
    const { documents } = await readState(app, roomId);
    if (!documents.some(({ id }) => id === document.documentId)) continue;
    await appendSystem(app, roomId, { type: 'document.replace', payload: document });
  }
}

export type ChatPage = { messages: ChatMessage[]; hasOlder: boolean };

/** What a browser needs to show a room from nothing, as this viewer may see it. */
export type RoomPicture = { head: RoomState; chat: ChatPage /** ms since the epoch */; serverNow: number };

/** The room as it stands now, for one viewer: what a page opens with, and what a stream sends when the gap is too long. */
export async function readPicture(app: App, roomId: string, viewer: RoomViewer): Promise<RoomPicture> {
  const state = await readState(app, roomId);
  const chat = await readChat(app, roomId, viewer, state.seq + 1);
  return { head: visible(state, viewer), chat, serverNow: runtimeOf(app).serverNow() };
}

/** The newest messages before a sequence number that the viewer may read, oldest first. */
export async function readChat(
  app: App,
  roomId: string,
  viewer: RoomViewer,
  before: number,
): Promise<ChatPage> {
  const events = await queries.selectChat(app.db, roomId, viewer, { before, limit: CHAT_PAGE + 1 });
  return { messages: events.slice(-CHAT_PAGE).map(chatMessageOf), hasOlder: events.length > CHAT_PAGE };
}

/** What the room's page is rendered with, apart from media. Throws NOT_FOUND. */
export async function openRoom(app: App, roomId: string, participant: Participant) {
  const room = await selectRoom(app.db, roomId);
  if (!room) throw new AppError('NOT_FOUND');
  const picture = await readPicture(app, roomId, participant);
  const myself = { name: participant.name, role: participant.role };
  return { roomId, slug: room.slug, title: room.title, me: participant.id, myself, ...picture };
}

/**
 * Who was in the room between two places of its log, from when to when.
 * @param span  `startSeq`: the lesson's first event; `endSeq`: its last, null while it goes on
 */
export async function readAttendance(
  app: App,
  roomId: string,
  span: { startSeq: number; endSeq: number | null; from: number; to: number },
): Promise<Attendance[]> {
  const before = await stateAt(app.db, roomId, span.startSeq - 1);
  const open = Object.values(before.people).flatMap(({ connections }) => connections);
  const [earlier, during] = await Promise.all([
    queries.selectComings(app.db, roomId, open, span.startSeq - 1),
    queries.selectPresence(app.db, roomId, {
      after: span.startSeq - 1,
      upTo: span.endSeq ?? Number.MAX_SAFE_INTEGER,
    }),
  ]);
  return attendanceOf([...earlier, ...during], { ...span, live: span.endSeq === null });
}

/** The room at an address; null: none. Whether somebody may see it is `findParticipant`'s to say. */
export async function findRoomBySlug(app: App, slug: string): Promise<string | null> {
  return selectRoomIdBySlug(app.db, slug);
}

/**
 * The records of one board layer, and the sequence number at which they stand so: at least where the room stands now.
 * Throws NOT_ALLOWED for somebody else's private layer.
 */
export async function loadBoard(
  app: App,
  viewer: Pick<Participant, 'roomId' | 'id' | 'role'>,
  boardId: string,
  layer: Layer,
): Promise<{ seq: number; records: BoardRecord[] }> {
  const { roomId } = viewer;
  if (!mayReadLayer(viewer, layer)) throw new AppError('NOT_ALLOWED');
  const state = await readState(app, roomId);
  if (!isOpenBoard(state, boardId)) {
    // Nobody draws there: it takes no room from what is drawn on.
    const shut = await boardAt(app.db, { roomId, boardId, layer }, state.seq);
    return { seq: state.seq, records: [...shut.values()] };
  }
  const cache = runtimeOf(app).cacheOf(roomId);
  const records = await cache.board(app.db, boardId, layer);
  return { seq: cache.seq, records: [...records.values()] };
}
