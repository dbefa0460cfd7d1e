import { setTimeout as wait } from 'node:timers/promises';
import { type Actor, signUpActor } from '../../actor';
import { uploadFile } from '../../upload-file';
import { makeDeck } from './deck';
import type { Section } from '../run-sections';

const POLL_MS = 100;
const PATIENCE_MS = 120_000;

/**
 * 30 slides of more than 10 MB, from before they are sent until all of them are drawn; then two such decks at once, of which the
 * second says that it waits behind the first.
 */
export const measureConvert: Section = async (stack) => {
  const teacher = await signUpActor(stack.appUrl, 'Mara Lindt');
  const bytes = await makeDeck();
  if (bytes.byteLength < 10_000_000) throw new Error(`The deck has ${bytes.byteLength} bytes only`);
  const send = (name: string) => uploadFile(stack.appUrl, teacher, { name, bytes });

  const started = performance.now();
  await untilReady(teacher, await send('Alone.pptx'));
  const pptxMs = performance.now() - started;

  const together = performance.now();
  const first = await send('First.pptx');
  const second = await send('Second.pptx');
  const [, places] = await Promise.all([untilReady(teacher, first), untilReady(teacher, second)]);
  const secondPptxMs = performance.now() - together;
  if (!places.includes(1)) throw new Error(`The second deck showed no place in line: ${places.join(', ')}`);
  return { pptxMs, secondPptxMs };
};

/** Waits until a deck can be shown. Gives how many were before it each time that somebody looked. */
async function untilReady(teacher: Actor, documentId: string): Promise<(number | null)[]> {
  const places: (number | null)[] = [];
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await wait(POLL_MS)) {
    const { documents } = await teacher.trpc.library.states.query({ documentIds: [documentId] });
    const [document] = documents;
    places.push(document?.ahead ?? null);
    if (document?.status === 'failed') throw new Error(`The deck was not converted: ${document.failure}`);
    if (document?.status === 'ready' && document.pagesDone === 30 && document.thumbnail) return places;
  }
  throw new Error('The deck was not ready in time');
}
