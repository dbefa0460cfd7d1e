import type { Command, CommandBody, CommandResult } from '@/room/commands';
import type { Actor } from '@/room/decision';
import {
  applyFrame,
  chatMessageOf,
  type ClosedReason,
  fitOf,
  type Frame,
  type Snapshot,
  type StreamMessage,
} from '@/room/frames';
import { packRecord } from '@/room/packed-strokes';
import { ServerClock } from '@/room/server-clock';
import type { RoomState } from '@/room/state';
import { BoardFeeds } from './board-feeds';
import { ChatList } from './chat-list';
import { CommandQueue } from './command-queue';
import { followPage } from './page-events';
import { Predictions } from './predictions';
import { Gate, isPresent, takesPresence } from './presence';
import { Tail } from './tail';
import { type Transport, TransportError } from './transport';
import { createUnsentStore, type UnsentStore } from './unsent-store';
import type { Connection, LateRefusal, RoomLog, RoomOpening, RoomView } from './types';

/** What of the world the room log needs besides its transport; only tests give other ones. */
export type Surroundings = {
  /** This machine's clock, ms since the epoch. */
  now: () => number;
  random: () => number;
  newId: () => string;
  /** Silence after which the stream counts as broken, in ms. */
  silenceMs?: number;
  /** Where commands outlive a reload; without it they do not. */
  unsent?: UnsentStore;
};

function browser(roomId: string, me: string): Surroundings {
  const now = () => Date.now();
  return {
    now,
    random: () => Math.random(),
    newId: () => crypto.randomUUID(),
    // A program that uses this end has no tab that could be reloaded.
    unsent: typeof sessionStorage === 'undefined' ? undefined : createUnsentStore(roomId, me, now),
  };
}

export type Opening = Pick<RoomOpening, 'me' | 'myself' | 'head' | 'chat' | 'serverNow'>;

/** Makes the browser's end of a room's log from what the page was rendered with. Touches no network until `connect`. */
export function createRoomLog(
  opening: Opening,
  transport: Transport,
  surroundings: Surroundings = browser(opening.head.roomId, opening.me),
): RoomLog {
  return new Log(opening, transport, surroundings);
}

type Listener = Parameters<RoomLog['onEvent']>[0];

/** Strokes are packed on their way, and wherever they wait (B4). */
function packed(body: CommandBody): CommandBody {
  if (body.type !== 'board.change') return body;
  return { ...body, payload: { ...body.payload, put: body.payload.put.map(packRecord) } };
}

class Log implements RoomLog {
  readonly #transport: Transport;
  readonly #surroundings: Surroundings;
  readonly #opening: Opening;
  readonly #clock: ServerClock;
  readonly #queue: CommandQueue;
  readonly #feeds: BoardFeeds;
  readonly #chat: ChatList;
  readonly #predictions = new Predictions();
  /** Commands that take presence wait here until the log knows that this person is in the room. */
  readonly #arrival = new Gate();
  readonly #listeners = new Set<() => void>();
  readonly #eventListeners = new Set<Listener>();
  readonly #hideListeners = new Set<() => void>();
  #confirmed: RoomState;
  #connection: Connection = { kind: 'connecting' };
  #view: RoomView;
  #tail: Tail | null = null;
  #connectionId: string | null = null;
  #loadingOlder: Promise<void> | null = null;

  constructor(opening: Opening, transport: Transport, surroundings: Surroundings) {
    this.#opening = opening;
    this.#transport = transport;
    this.#surroundings = surroundings;
    this.#clock = new ServerClock(surroundings.now, opening.serverNow);
    this.#queue = new CommandQueue(transport, surroundings.random);
    this.#feeds = new BoardFeeds(transport, surroundings.random);
    this.#chat = new ChatList(opening.chat);
    this.#confirmed = opening.head;
    this.#view = this.#makeView();
  }

  getView = (): RoomView => this.#view;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  onEvent = (listener: Listener): (() => void) => {
    this.#eventListeners.add(listener);
    return () => this.#eventListeners.delete(listener);
  };

  onHide = (listener: () => void): (() => void) => {
    this.#hideListeners.add(listener);
    return () => this.#hideListeners.delete(listener);
  };

  send = (body: CommandBody): Promise<CommandResult> =>
    this.#send({ ...packed(body), id: this.#surroundings.newId() });

  async #send(command: Command): Promise<CommandResult> {
    if (command.type === 'board.change') this.#feeds.noteOwn(command.id);
    if (command.type === 'chat.send') this.#showWaiting(command.id, command);
    this.#predictions.add(command);
    const answer = this.#ask(command);
    this.#changed();
    const result = await answer;
    this.#predictions.answered(result);
    this.#predictions.confirmed(this.#confirmed.seq, new Set());
    if (command.type === 'chat.send') {
      if (result.ok) this.#chat.accept(command.id, result.seqs[0] ?? 0, this.#confirmed.seq);
      else this.#chat.fail(command.id);
    }
    this.#changed();
    return result;
  }

  async #ask(command: Command): Promise<CommandResult> {
    const { me } = this.#opening;
    if (takesPresence(command, me) && !isPresent(this.#confirmed, me)) await this.#arrival.wait();
    return this.#queue.add(command);
  }

  board = (...[boardId, layer]: Parameters<RoomLog['board']>) => this.#feeds.feed(boardId, layer);

  boardAhead = (...[boardId, layer]: Parameters<RoomLog['boardAhead']>) => this.#feeds.ahead(boardId, layer);

  loadOlderChat = (): Promise<void> => {
    this.#loadingOlder ??= this.#loadOlder().finally(() => {
      this.#loadingOlder = null;
    });
    return this.#loadingOlder;
  };

  dismissMessage = (id: string): void => {
    this.#chat.dismiss(id);
    this.#changed();
  };

  serverNow = (): number => this.#clock.now();

  connect = (onRefused?: (refusal: LateRefusal) => void): (() => void) => {
    if (this.#tail || this.#connection.kind === 'closed') return () => undefined;
    const tail = new Tail(
      this.#transport,
      {
        position: () => this.#confirmed.seq,
        message: (message) => this.#receive(message),
        live: () => this.#connect({ kind: 'live' }),
        broken: () => this.#lost(),
        closed: (reason) => this.#end(reason),
      },
      {
        random: this.#surroundings.random,
        connectionId: this.#connectionId,
        silenceMs: this.#surroundings.silenceMs,
      },
    );
    this.#tail = tail;
    void tail.run();
    const { unsent } = this.#surroundings;
    for (const command of unsent?.take() ?? [])
      void this.#send(command).then((result) => {
        if (!result.ok && command.type !== 'chat.send')
          onRefused?.({ type: command.type, code: result.code });
      });
    const goodbye = () => {
      if (tail.connectionId) this.#transport.sayGoodbye?.(tail.connectionId);
    };
    const unfollow = followPage({
      online: () => {
        tail.wake();
        this.#queue.wake();
        this.#feeds.wake();
      },
      // What lies in the cache hears nothing: its stream has most often ended without a word.
      back: () => tail.interrupt(),
      offline: () => tail.interrupt(),
      hide: () => {
        for (const listener of this.#hideListeners) listener();
        unsent?.keep(this.#queue.commands);
        goodbye();
      },
    });
    return () => {
      unfollow();
      this.#connectionId = tail.connectionId;
      if (this.#tail === tail) goodbye();
      tail.stop();
      if (this.#tail === tail) this.#tail = null;
    };
  };

  close = (): void => {
    if (this.#tail?.connectionId) this.#transport.sayGoodbye?.(this.#tail.connectionId);
    this.#tail?.stop();
    this.#tail = null;
    this.#queue.close('NOT_FOUND');
    this.#arrival.open();
  };

  #receive(message: StreamMessage): boolean {
    switch (message.kind) {
      case 'hello':
      case 'ping':
        this.#clock.note(message.serverNow);
        return true;
      case 'frame':
        return this.#takeFrame(message.frame);
      case 'snapshot':
        this.#takeSnapshot(message.snapshot);
        return true;
      case 'reconnect':
      case 'closed':
        return true;
      default:
        return message satisfies never;
    }
  }

  /** False where something before the frame is missing (T1): the stream is opened anew from where this tab stands. */
  #takeFrame(frame: Frame): boolean {
    const fit = fitOf(frame, this.#confirmed.seq);
    if (fit === 'gap') return false;
    if (fit === 'seen') return true;
    const fresh = frame.events.filter((event) => event.seq > this.#confirmed.seq);
    this.#confirmed = applyFrame(this.#confirmed, frame);
    for (const event of fresh) {
      if (event.type === 'chat.sent') this.#chat.take(chatMessageOf(event));
      if (event.type === 'board.changed') this.#feeds.apply(event);
    }
    this.#predictions.confirmed(frame.to, new Set(fresh.flatMap((event) => event.commandId ?? [])));
    this.#changed();
    for (const event of fresh) for (const listener of this.#eventListeners) listener(event);
    return true;
  }

  #takeSnapshot({ head, chat }: Snapshot): void {
    this.#confirmed = head;
    this.#chat.replace(chat, head.seq);
    this.#predictions.confirmed(head.seq, new Set());
    this.#feeds.reload();
    this.#changed();
  }

  #showWaiting(id: string, { payload }: Extract<CommandBody, { type: 'chat.send' }>): void {
    this.#chat.addWaiting({
      id,
      seq: Number.MAX_SAFE_INTEGER,
      at: this.serverNow(),
      author: this.#opening.me,
      authorName: this.#opening.myself.name,
      text: payload.text.trim(),
      to: payload.to,
    });
  }

  async #loadOlder(): Promise<void> {
    const before = this.#chat.oldest;
    if (before === null || !this.#chat.view().hasOlder) return;
    try {
      this.#chat.prepend(await this.#transport.olderChat(before));
      this.#changed();
    } catch (error) {
      // Nothing is lost: the list still says that there is more, and asking again is one scroll away.
      if (!(error instanceof TransportError)) throw error;
    }
  }

  #lost(): void {
    if (this.#connection.kind !== 'reconnecting') {
      this.#connect({ kind: 'reconnecting', since: this.#surroundings.now() });
    }
  }

  #end(reason: ClosedReason): void {
    this.#tail = null;
    this.#queue.close(reason === 'removed' ? 'REMOVED' : 'NOT_FOUND');
    this.#arrival.open();
    this.#connect({ kind: 'closed', reason });
  }

  #connect(connection: Connection): void {
    this.#connection = connection;
    if (connection.kind === 'live') {
      this.#queue.wake();
      this.#feeds.wake();
    }
    this.#changed();
  }

  #changed(): void {
    if (isPresent(this.#confirmed, this.#opening.me)) this.#arrival.open();
    this.#view = this.#makeView();
    for (const listener of this.#listeners) listener();
  }

  #makeView(): RoomView {
    const { me, myself } = this.#opening;
    const actor: Actor = { id: me, ...myself };
    return {
      head: this.#predictions.over(this.#confirmed, actor, this.serverNow()),
      chat: this.#chat.view(),
      connection: this.#connection,
      pending: this.#queue.pending + this.#arrival.size,
    };
  }
}
