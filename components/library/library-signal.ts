const CHANNEL = 'lectern-library';
const listeners = new Set<() => void>();
let channel: BroadcastChannel | undefined;

const tell = () => {
  for (const listener of listeners) listener();
};

/** Says to every list of the library, in this tab and in others, that something in it is new. */
export function libraryChanged(): void {
  tell();
  const sender = channel ?? new BroadcastChannel(CHANNEL);
  // A channel reaches this origin alone; it takes no target.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  sender.postMessage('changed');
  if (sender !== channel) sender.close();
}

/** Hears of changes as long as somebody listens. */
export function onLibraryChange(listener: () => void): () => void {
  listeners.add(listener);
  if (!channel) {
    channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = tell;
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    channel?.close();
    channel = undefined;
  };
}
