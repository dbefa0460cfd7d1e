import { createTRPCClient, httpBatchLink, httpLink, type TRPCClient } from '@trpc/client';
import { fetchInTime } from '@/components/fetch-in-time';
import { createTrpcTransport } from '@/components/room-log/trpc-transport';
import type { Transport } from '@/components/room-log/transport';
import type { RoomEvent } from '@/room/events';
import { decodeMessage } from '@/room/frames';
import type { AppRouter } from '@/server/router';
import type { Wire } from './wire';

/** What one stream of a client carried, as it came over the wire. */
export type StreamRecord = {
  /** Index of the app process. */
  instance: number;
  /** Where the client said it stood. */
  after: number;
  hello: boolean;
  messages: (
    | { kind: 'snapshot'; seq: number }
    | { kind: 'frame'; from: number; to: number; events: readonly RoomEvent[] }
  )[];
};

export type Member = { cookie: string; origin: string };

/**
 * The way of one client to all app processes. As behind a load balancer without stickiness, calls take turns, and so do
 * streams; what fails is not tried elsewhere for them: that is the room log's to do.
 */
export class Lane {
  readonly streams: StreamRecord[] = [];
  readonly trpc: TRPCClient<AppRouter>;
  /** Boards that are being loaded. */
  loading = 0;
  readonly #singly: TRPCClient<AppRouter>;
  readonly #member: Member;
  readonly #wires: readonly Wire[];
  #calls: number;
  #opened: number;

  /** @param first  the process at which it begins */
  constructor(member: Member, wires: readonly Wire[], first: number) {
    this.#member = member;
    this.#wires = wires;
    this.#calls = first;
    this.#opened = first;
    const http = { url: '/api/trpc', fetch: this.#call };
    this.trpc = createTRPCClient<AppRouter>({
      links: [httpBatchLink({ ...http, maxURLLength: 2000, maxItems: 20 })],
    });
    this.#singly = createTRPCClient<AppRouter>({ links: [httpLink(http)] });
  }

  /** Like a browser's; `singly`: each call is a request of its own. */
  transport(roomId: string, how: 'batched' | 'singly' = 'batched'): Transport {
    const transport = createTrpcTransport(roomId, {
      trpc: how === 'singly' ? this.#singly : this.trpc,
      fetch: (input, init) => this.#stream(String(input), init),
    });
    const board: Transport['board'] = async (...which) => {
      this.loading += 1;
      return transport.board(...which).finally(() => {
        this.loading -= 1;
      });
    };
    return { ...transport, board };
  }

  /** The stream that was opened last. */
  get stream(): StreamRecord | undefined {
    return this.streams.at(-1);
  }

  #call = (input: RequestInfo | URL, init?: object): Promise<Response> =>
    this.#fetch(this.#calls++ % this.#wires.length, String(input), init);

  async #stream(path: string, init?: RequestInit): Promise<Response> {
    const instance = this.#opened++ % this.#wires.length;
    const record: StreamRecord = {
      instance,
      after: Number(new URL(path, 'http://app').searchParams.get('after')),
      hello: false,
      messages: [],
    };
    const response = await this.#fetch(instance, path, init);
    if (!response.ok || !response.body) return response;
    this.streams.push(record);
    return new Response(response.body.pipeThrough(listen(record)), response);
  }

  #fetch(instance: number, path: string, init?: RequestInit): Promise<Response> {
    const wire = this.#wires[instance];
    if (!wire) throw new Error(`there is no process ${instance}`);
    const headers = new Headers(init?.headers);
    headers.set('cookie', this.#member.cookie);
    headers.set('origin', this.#member.origin);
    const url = new URL(path, wire.url);
    return fetchInTime(url, { ...init, headers });
  }
}

/** Lets a stream through and writes down what it carries. */
function listen(record: StreamRecord): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder();
  let rest = '';
  return new TransformStream({
    transform: (bytes, controller) => {
      const blocks = (rest + decoder.decode(bytes, { stream: true })).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) note(record, block);
      controller.enqueue(bytes);
    },
  });
}

function note(record: StreamRecord, block: string): void {
  const message = decodeMessage(block);
  if (message?.kind === 'hello') record.hello = true;
  if (message?.kind === 'snapshot')
    record.messages.push({ kind: 'snapshot', seq: message.snapshot.head.seq });
  if (message?.kind === 'frame') {
    const { from, to, events } = message.frame;
    record.messages.push({ kind: 'frame', from, to, events });
  }
}
