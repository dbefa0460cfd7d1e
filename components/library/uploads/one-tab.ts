/** What another tab says when it has brought a file to its end. */
type Finished = { fingerprint: string; documentId: string };

const CHANNEL = 'lectern-uploads';
const nameOf = (fingerprint: string) => `lectern-upload ${fingerprint}`;

/**
 * Does `work` in one tab of this browser at a time. Where another tab is at it, waits (`onElsewhere`): for its result, or, when it was closed
 * in the middle, for its place.
 * @throws the signal's reason; what `work` throws
 */
export async function inOneTab(
  fingerprint: string,
  { signal, onElsewhere }: { signal: AbortSignal; onElsewhere: () => void },
  work: () => Promise<string>,
): Promise<string> {
  // Only pages that came over a secure line have locks; there the server's own order has to do.
  if (!('locks' in navigator)) return work();
  const channel = new BroadcastChannel(CHANNEL);
  let heard: string | null = null;
  channel.onmessage = ({ data }: MessageEvent<Finished>) => {
    if (data.fingerprint === fingerprint) heard = data.documentId;
  };
  const doIt = async () => {
    if (heard) return heard;
    const documentId = await work();
    // A channel reaches this origin alone; it takes no target.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    channel.postMessage({ fingerprint, documentId } satisfies Finished);
    return documentId;
  };
  try {
    const name = nameOf(fingerprint);
    const atOnce = await navigator.locks.request(name, { ifAvailable: true }, (lock) =>
      lock ? doIt() : null,
    );
    if (atOnce !== null) return atOnce;
    onElsewhere();
    return await navigator.locks.request(name, { signal }, doIt);
  } finally {
    channel.close();
  }
}

/** The fingerprints that some tab is sending now. */
export async function sentInSomeTab(): Promise<Set<string>> {
  if (!('locks' in navigator)) return new Set();
  const { held = [] } = await navigator.locks.query();
  const start = nameOf('');
  return new Set(held.flatMap(({ name }) => (name?.startsWith(start) ? [name.slice(start.length)] : [])));
}
