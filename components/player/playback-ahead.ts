import { trpc } from '@/components/trpc';

type Asked = { roomId: string; documentId: string };
export type Told = Awaited<ReturnType<typeof trpc.documents.playback.query>>;

/** The addresses that are told are signed for longer than that, ms. */
const FRESH_MS = 60_000;

let ahead: (Asked & { told: Promise<Told>; at: number }) | null = null;

/** Asks where a film is found before it is shown. Who shows it then has the same answer at once, or asks again. */
export function askAhead({ roomId, documentId }: Asked): Promise<Told> {
  const told = trpc.documents.playback.query({ roomId, documentId });
  ahead = { roomId, documentId, told, at: performance.now() };
  return told;
}

/** Where a film is found: the answer that was asked for ahead is given once. */
export async function askPlayback({ roomId, documentId }: Asked): Promise<Told> {
  const asked = ahead;
  const ask = () => trpc.documents.playback.query({ roomId, documentId });
  if (asked?.roomId !== roomId || asked.documentId !== documentId) return ask();
  ahead = null;
  return performance.now() - asked.at < FRESH_MS ? asked.told.catch(ask) : ask();
}
