import type { ServerResponse } from 'node:http';

/** Where the bytes of one stream go. After `end` or `cut` nothing is written any more. */
export type Sink = {
  /** Bytes that wait for the client, as far as this process holds them. */
  readonly waiting: number;
  /** True: nearly all of it is on its way, so that `waiting` need not be asked. */
  write(bytes: Uint8Array): boolean;
  end(): void;
  /** Breaks it off, so that the client cannot take it for an end. */
  cut(reason: Error): void;
};

/** What a stream must be told by what carries its bytes. */
export type SinkUser = {
  start(sink: Sink): void;
  /** Less is waiting than before. */
  drained(): void;
  /** The client is gone. */
  gone(): void;
};

/** A body whose bytes go through a web stream, wherever the answer is sent from. `maxWaiting` in bytes. */
export function streamedBody(user: SinkUser, maxWaiting: number): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) =>
        user.start({
          get waiting() {
            return maxWaiting - (controller.desiredSize ?? maxWaiting);
          },
          write: (bytes) => {
            controller.enqueue(bytes);
            return false;
          },
          end: () => closeOnce(controller),
          cut: (reason) => controller.error(reason),
        }),
      pull: () => user.drained(),
      cancel: () => user.gone(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: maxWaiting }),
  );
}

/**
 * Writes the body of an answer whose head is set to Node's response itself: a web stream in between would cost almost as much
 * again as the write (docs/decisions/012). What is sent to many is made into a chunk once, and goes to the socket as it
 * is: Node would make three parts of it for each, and hold them until the next tick.
 */
export function writeTo(response: ServerResponse, user: SinkUser): void {
  const { socket } = response;
  response.once('close', () => user.gone());
  if (!socket || response.destroyed) return user.gone();
  const drained = () => user.drained();
  socket.on('drain', drained);
  response.once('close', () => socket.off('drain', drained));
  response.flushHeaders();
  user.start({
    get waiting() {
      return socket.writableLength;
    },
    write: (bytes) => socket.write(response.chunkedEncoding ? chunkOf(bytes) : bytes),
    end: () => void response.end(),
    cut: () => void response.destroy(),
  });
}

const chunks = new WeakMap<Uint8Array, Buffer>();
const END_OF_CHUNK = Buffer.from('\r\n');

/** One chunk of HTTP/1.1 (RFC 9112, section 7.1). */
function chunkOf(bytes: Uint8Array): Buffer {
  let chunk = chunks.get(bytes);
  if (!chunk) {
    chunk = Buffer.concat([Buffer.from(`${bytes.byteLength.toString(16)}\r\n`), bytes, END_OF_CHUNK]);
    chunks.set(bytes, chunk);
  }
  return chunk;
}

function closeOnce(controller: ReadableStreamDefaultController<Uint8Array>): void {
  try {
    controller.close();
  } catch (error) {
    // A stream that the browser has cancelled already is closed: there is nothing left to end.
    if (!(error instanceof TypeError)) throw error;
  }
}
