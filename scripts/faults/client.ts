import { setTimeout as wait } from 'node:timers/promises';
import { createRoomLog, type Opening } from '@/components/room-log/create-room-log';
import type { BoardFeed, RoomLog } from '@/components/room-log/types';
import { type BoardRecord, type Layer, pageBoardId } from '@/room/boards';
import type { CommandBody, CommandResult } from '@/room/commands';
import type { RoomState } from '@/room/state';
import { chooseAction } from './actions';
import type { Room, Seat } from './classroom';
import { Lane } from './lane';
import type { ClientEnd, Sent } from './oracle';
import type { Random } from './random';
import type { Wire } from './wire';

/** Commands that one person has under way at most: then they wait as somebody does whose pen does not answer. */
const MOST_WAITING = 12;
/** Between two things that somebody does, ms. */
const PAUSE_MS = { from: 5, to: 90 };
/** Above the server's ping of ten seconds; a browser waits 25 s. */
const SILENCE_MS = 12_000;
/** After this, what does not come never will, ms. */
const PATIENCE_MS = 90_000;

type OpenBoard = { boardId: string; layer: Layer; feed: BoardFeed; records: Map<string, BoardRecord> };

/** One person's tab: the browser's own room log over HTTP, and somebody who acts by chance. */
export class Client {
  readonly seat: Seat;
  readonly lane: Lane;
  readonly wires: readonly Wire[];
  readonly sent: Sent[] = [];
  operations = 0;
  /** The longest that anything waited for its answer. */
  slowestMs = 0;
  /** Its line is bad on purpose: how soon it is back says nothing. */
  impaired = false;
  me = '';
  readonly #room: Room;
  readonly #boardId: string;
  readonly #random: Random;
  readonly #ids: Random;
  readonly #backoff: Random;
  readonly #clockMs: number;
  readonly #listeners = new Set<() => void>();
  readonly #closed = new WeakSet<RoomLog>();
  #log: RoomLog | null = null;
  #boards: OpenBoard[] = [];
  #leave = () => {};

  /** @param clockMs  how far this machine's clock is off */
  constructor(
    place: { room: Room; seat: Seat; boardId: string; first: number },
    wires: readonly Wire[],
    random: Random,
    clockMs: number,
  ) {
    this.#room = place.room;
    this.seat = place.seat;
    this.#boardId = place.boardId;
    this.wires = wires;
    this.lane = new Lane(place.seat, wires, place.first);
    this.#random = random;
    this.#ids = random.fork('ids');
    this.#backoff = random.fork('backoff');
    this.#clockMs = clockMs;
  }

  get log(): RoomLog {
    if (!this.#log) throw new Error(`${this.seat.name} is not in the room`);
    return this.#log;
  }

  get head(): RoomState {
    return this.log.getView().head;
  }

  /** Live, answered, with every board loaded, and not behind `seq`. */
  isSettled(seq: number): boolean {
    const { connection, pending, head } = this.log.getView();
    return connection.kind === 'live' && pending === 0 && this.lane.loading === 0 && head.seq >= seq;
  }

  toString(): string {
    const { connection, pending, head } = this.log.getView();
    return `${this.seat.name} is ${connection.kind} at ${head.seq}, ${pending} waiting, ${this.lane.loading} loading`;
  }

  /** Index of the process that its stream comes from. */
  get instance(): number | undefined {
    return this.lane.stream?.instance;
  }

  /** Opens the room as a page load does. */
  async enter(): Promise<void> {
    const opening = await this.#open();
    this.me = opening.me;
    const now = () => Date.now() + this.#clockMs;
    this.#log = createRoomLog(opening, this.lane.transport(this.#room.roomId), {
      now,
      random: this.#backoff.next,
      newId: this.#ids.uuid,
      silenceMs: SILENCE_MS,
    });
    this.#log.subscribe(() => this.#changed());
    this.#leave = this.#log.connect();
    this.#boards = this.#boardsToOpen(opening.me).map(([boardId, layer]) => ({
      boardId,
      layer,
      feed: this.log.board(boardId, layer),
      records: new Map(),
    }));
    for (const board of this.#boards) void openBoard(board);
  }

  /** Resolves when the tab is live and knows everything up to `seq`. */
  untilLive(seq = 0, isNew: () => boolean = () => true): Promise<void> {
    return this.#until(
      () => this.log.getView().connection.kind === 'live' && this.head.seq >= seq && isNew(),
    );
  }

  /** Acts so many times, with pauses. */
  async act(times: number): Promise<void> {
    for (let time = 0; time < times; time += 1) {
      await wait(this.#random.between(PAUSE_MS.from, PAUSE_MS.to));
      this.operations += 1;
      if (this.#random.chance(0.02)) await this.#reconnect();
      else if (this.#random.chance(0.005)) await this.#reload();
      else void this.send(chooseAction(this.#scene(), this.#random, this.#text()));
      // One whose line is dead would keep the whole class waiting until it notices.
      await this.#until(() => this.impaired || this.log.getView().pending < MOST_WAITING);
    }
  }

  /** Sends a command, and remembers it with its answer. */
  async send(body: CommandBody): Promise<CommandResult> {
    const log = this.log;
    const sent: Sent = { by: this.me, body, result: null };
    this.sent.push(sent);
    const began = performance.now();
    const result = await log.send(body);
    if (!this.impaired) this.slowestMs = Math.max(this.slowestMs, performance.now() - began);
    // What waited when the tab was closed got no answer that means anything.
    if (this.#closed.has(log)) sent.left = true;
    else sent.result = result;
    return result;
  }

  /** Everything that this tab shows now. */
  async end(): Promise<ClientEnd> {
    for (let view = this.log.getView(); view.chat.hasOlder; view = this.log.getView()) {
      const before = view.chat.messages.length;
      await this.log.loadOlderChat();
      // A refused page is asked for again by the next scroll.
      if (this.log.getView().chat.messages.length === before) await wait(100);
    }
    const { head, chat } = this.log.getView();
    return {
      name: this.seat.name,
      viewer: { id: this.me, role: this.seat.role },
      head,
      chat: chat.messages.filter((message) => message.status !== 'failed'),
      boards: this.#boards.map(({ boardId, layer, records }) => ({
        boardId,
        layer,
        records: [...records.values()],
      })),
      streams: this.lane.streams,
    };
  }

  async close(): Promise<void> {
    this.#closeTab();
    for (const wire of this.wires) await wire.close();
  }

  #closeTab(): void {
    this.#leave();
    if (this.#log) {
      this.#closed.add(this.#log);
      this.#log.close();
    }
    for (const { feed } of this.#boards) feed.close();
  }

  async #open(): Promise<Opening> {
    for (;;) {
      try {
        const { opening } = await this.lane.trpc.classroom.open.query({ slug: this.#room.slug });
        return opening;
      } catch (error) {
        if (error instanceof Error && /NOT_|REMOVED|ENDED/.test(error.message)) throw error;
        await wait(200);
      }
    }
  }

  /** The stream is left and opened again some time later, as when a train enters a tunnel. */
  async #reconnect(): Promise<void> {
    this.#leave();
    await wait(this.#random.between(0, 400));
    this.#leave = this.log.connect();
  }

  async #reload(): Promise<void> {
    this.#closeTab();
    await this.enter();
  }

  #scene() {
    return {
      me: this.me,
      documentId: this.#room.documentId,
      boardId: this.#boardId,
      head: this.head,
      records: (boardId: string, layer: Layer) => [
        ...(
          this.#boards.find((board) => board.boardId === boardId && board.layer === layer)?.records ??
          new Map<string, BoardRecord>()
        ).values(),
      ],
    };
  }

  #text(): string {
    return `${this.seat.name} ${this.operations}`;
  }

  #boardsToOpen(me: string): [string, Layer][] {
    const boards = [
      this.#boardId,
      pageBoardId(this.#room.documentId, 1),
      pageBoardId(this.#room.documentId, 2),
    ];
    return boards.flatMap((boardId): [string, Layer][] => [
      [boardId, 'shared'],
      [boardId, me],
      [boardId, 'revealed'],
    ]);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Of this tab, also of the one that a reload makes of it. Throws where it never comes true. */
  #until(condition: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!condition()) return;
        clearTimeout(timer);
        this.#listeners.delete(look);
        resolve();
      };
      const timer = setTimeout(() => reject(new Error(`waited for nothing: ${String(this)}`)), PATIENCE_MS);
      this.#listeners.add(look);
      look();
    });
  }
}

/** Follows a board as what draws it does. */
async function openBoard({ feed, records }: OpenBoard): Promise<void> {
  const first = await feed.open((change) => {
    for (const id of change.removed) records.delete(id);
    for (const record of change.put) records.set(record.id, record);
  });
  for (const record of first) records.set(record.id, record);
}
