import type { CallNews } from '@/server/router';

/** Silence after which the stream counts as broken: the server pings every 15 s. ms */
const SILENCE_MS = 40_000;
/** After a refusal it is tried again in so long, twice as long after each further one, and a part of it longer, so that not all come at once. ms */
const RETRY_MS = 2000;
const LONGEST_MS = 60_000;

/**
 * By which a browser hears of its person's calls. One tab of a browser has the stream and passes on what it hears; when it goes, another one
 * takes its place. Gives the function that ends it.
 */
export function openChannel(userId: string, hear: (news: CallNews) => void): () => void {
  const name = `lectern.calls.${userId}`;
  const wire = new BroadcastChannel(name);
  // A channel is its own origin's, unlike a window: it takes no other argument.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  const pass = (what: CallNews | 'ask') => wire.postMessage(what);
  const over = new AbortController();
  let last: CallNews | null = null;
  const lead = () => {
    wire.onmessage = () => {
      if (last) pass(last);
    };
    return follow(`/api/calls/stream?for=${userId}`, over.signal, (news) => {
      last = news;
      pass(news);
      hear(news);
    });
  };
  wire.onmessage = (event: MessageEvent<CallNews | 'ask'>) => {
    if (event.data !== 'ask') hear(event.data);
  };
  pass('ask');
  const leading =
    'locks' in navigator ? navigator.locks.request(name, { signal: over.signal }, lead) : lead();
  leading.catch((error: unknown) => {
    if (!over.signal.aborted) console.warn('Calls cannot be heard of', error);
  });
  return () => {
    over.abort();
    wire.close();
  };
}

/** Keeps the stream open until the signal says that it is over. */
async function follow(url: string, signal: AbortSignal, hear: (news: CallNews) => void): Promise<void> {
  let wait = RETRY_MS;
  while (!signal.aborted) {
    await listen(url, signal, (news) => {
      wait = RETRY_MS;
      hear(news);
    });
    await later(wait * (1 + Math.random() / 2), signal);
    wait = Math.min(LONGEST_MS, wait * 2);
  }
}

/** Resolves when the stream is broken for good: refused, silent, or not wanted any more. The browser mends the rest by itself. */
function listen(url: string, signal: AbortSignal, hear: (news: CallNews) => void): Promise<void> {
  return new Promise((resolve) => {
    const source = new EventSource(url);
    let silence = 0;
    const end = () => {
      clearTimeout(silence);
      source.close();
      resolve();
    };
    const heard = () => {
      clearTimeout(silence);
      silence = window.setTimeout(end, SILENCE_MS);
    };
    heard();
    source.addEventListener('ping', heard);
    source.addEventListener('message', (event: MessageEvent<string>) => {
      heard();
      hear(JSON.parse(event.data) as CallNews);
    });
    source.addEventListener('error', () => source.readyState === EventSource.CLOSED && end());
    signal.addEventListener('abort', end, { once: true });
  });
}

function later(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
