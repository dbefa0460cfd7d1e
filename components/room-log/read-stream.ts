import { decodeMessage, type StreamMessage } from '@/room/frames';

/** Silence after which a stream counts as broken, in ms: the server pings every ten seconds. */
const SILENCE_MS = 25_000;

/**
 * Reads server-sent events from a body, as they come. Ends when the body does; throws when it breaks or falls silent.
 * @param silenceMs  only tests shorten it
 */
export async function* readStream(
  body: ReadableStream<Uint8Array>,
  silenceMs = SILENCE_MS,
): AsyncGenerator<StreamMessage> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await withinSilence(reader.read(), silenceMs);
      if (done) return;
      const blocks = (rest + decoder.decode(value, { stream: true })).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const message = decodeMessage(block);
        if (message) yield message;
      }
    }
  } finally {
    // The reader may hold a read that never ends: cancelling is what lets the connection go.
    reader.cancel().catch(() => undefined);
  }
}

function withinSilence<T>(read: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the stream fell silent')), ms);
    read.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
