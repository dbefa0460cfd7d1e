import type { ServerResponse } from 'node:http';

/** Where the bytes of one stream go. After `end` or `cut` nothing is written any more. */
export type Sink = {
  /** Bytes that wait for the client, as far as this process holds them. */
  readonly waiting: number;
  write(bytes: Uint8Array): void;
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
          write: (bytes) => controller.enqueue(bytes),
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
 * A body that stays empty: it is read from for the first time when the answer's headers are in place, and from then on bytes
 * are written to Node's response itself. A piped web stream would cost almost as much again as the write
 * (docs/decisions/012). Whoever sends the answer ends it, as with any body.
 */
export function directBody(user: SinkUser, response: ServerResponse): ReadableStream<Uint8Array> {
  let started = false;
  return new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        if (started) return;
        started = true;
        response.on('drain', () => user.drained());
        user.start({
          get waiting() {
            return response.writableLength;
          },
          write: (bytes) => writeNow(response, bytes),
          end: () => closeOnce(controller),
          // Who sends the answer sees its end, and lets go of this body.
          cut: () => void response.destroy(),
        });
      },
      cancel: () => user.gone(),
    },
    { highWaterMark: 0 },
  );
}

/** Node would hold the parts of a chunk until the next tick: what waits only for that would look like a slow client's. */
function writeNow(response: ServerResponse, bytes: Uint8Array): void {
  const { socket } = response;
  socket?.cork();
  response.write(bytes);
  socket?.uncork();
}

function closeOnce(controller: ReadableStreamDefaultController<Uint8Array>): void {
  try {
    controller.close();
  } catch (error) {
    // A stream that the browser has cancelled already is closed: there is nothing left to end.
    if (!(error instanceof TypeError)) throw error;
  }
}
