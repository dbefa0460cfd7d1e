import { trpc } from '@/components/trpc';
import { foldText } from '@/room/fold-text';
import { openPdf } from './pdf-document';

/** What was looked for, to be marked on the shown page. */
export type Marked = {
  words: string;
  /** Which of the hits on the page is looked at, from 0; null: none of them. */
  current: number | null;
};

/** How often words stand on a page; pages without are left out, the others in their order. */
export type PageHits = { page: number; hits: number };

/** One of all hits. `nth` counts from 0 on its page. */
export type Hit = { page: number; nth: number };

/** Pages that are read before what was found so far is told. */
const TELL_EVERY = 20;

type Where = { roomId: string; documentId: string; pageCount: number };

/**
 * Looks for words in a whole document: where the server has read all of it, there, else page by page in the PDF. `tell` hears of
 * what was found so far.
 */
export async function findWords(
  { roomId, documentId, pageCount }: Where,
  words: string,
  signal: AbortSignal,
  tell: (found: readonly PageHits[], done: boolean) => void,
): Promise<void> {
  const folded = foldText(words);
  if (!folded) return tell([], true);
  const { pages, complete } = await trpc.documents.find.query({ roomId, documentId, words });
  if (signal.aborted) return;
  tell(pages, complete);
  if (complete) return;
  const found: PageHits[] = [];
  for (let page = 1; page <= pageCount; page++) {
    const hits = countHits(await readFolded(roomId, documentId, page), folded);
    if (signal.aborted) return;
    if (hits > 0) found.push({ page, hits });
    if (page % TELL_EVERY === 0) tell([...found], false);
  }
  tell(found, true);
}

/** The text of pages that were read here, folded. */
const read = new Map<string, Promise<string>>();

function readFolded(roomId: string, documentId: string, page: number): Promise<string> {
  const key = `${documentId}/${page}`;
  const known = read.get(key);
  if (known) return known;
  const reading = openPdf(roomId, documentId).then(async (pdf) => {
    const { items } = await (await pdf.getPage(page)).getTextContent();
    return foldText(items.map((item) => ('str' in item ? item.str : '')).join(''));
  });
  read.set(key, reading);
  reading.catch(() => read.delete(key));
  return reading;
}

function countHits(folded: string, words: string): number {
  return folded.split(words).length - 1;
}

export function countAll(found: readonly PageHits[]): number {
  return found.reduce((sum, { hits }) => sum + hits, 0);
}

/** The hit after `hit`, or before it; around the ends. Null where there is none. */
export function stepHit(found: readonly PageHits[], hit: Hit, step: 1 | -1): Hit | null {
  const at = found.findIndex(({ page }) => page === hit.page);
  const here = found[at];
  if (!here) return step === 1 ? hitFrom(found, hit.page) : lastBefore(found, hit.page);
  const nth = hit.nth + step;
  if (nth >= 0 && nth < here.hits) return { page: here.page, nth };
  const next = found[(at + step + found.length) % found.length] ?? here;
  return { page: next.page, nth: step === 1 ? 0 : next.hits - 1 };
}

/** The first hit on a page or after it, else the first of all. */
export function hitFrom(found: readonly PageHits[], page: number): Hit | null {
  const first = found.find((one) => one.page >= page) ?? found[0];
  return first ? { page: first.page, nth: 0 } : null;
}

function lastBefore(found: readonly PageHits[], page: number): Hit | null {
  const last = found.findLast((one) => one.page < page) ?? found.at(-1);
  return last ? { page: last.page, nth: last.hits - 1 } : null;
}

/** Which of all hits this is, from 1. */
export function placeOf(found: readonly PageHits[], { page, nth }: Hit): number {
  return countAll(found.filter((one) => one.page < page)) + nth + 1;
}
