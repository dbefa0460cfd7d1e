import { getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';
import { MoreWords, type Catalogue } from './more-words';

/** The words of what stands on every page. */
export const SHARED_WORDS = ['errors', 'library.uploads', 'site', 'ui'] as const;

/**
 * Sends a browser the words that what is inside needs, and not those of the whole of Lectern, which take a second on a slow line.
 * messages/pages.test.ts knows which they are.
 * @param of  names of parts of the catalogue, as `library` or `library.uploads`; a page has those of every page without naming them
 */
export async function Words({ of, children }: { of: readonly string[]; children: ReactNode }) {
  return <MoreWords words={await wordsOf(of)}>{children}</MoreWords>;
}

/** These parts of the catalogue, in the language of the request. @throws where there is no such part */
export async function wordsOf(names: readonly string[]): Promise<Catalogue> {
  const all: Catalogue = await getMessages();
  const words: Catalogue = {};
  for (const name of names) {
    const [first = '', second] = name.split('.');
    const part = all[first];
    const found = typeof part === 'object' && second !== undefined ? part[second] : part;
    if (found === undefined) throw new Error(`The catalogue has no part ${name}`);
    words[first] = second === undefined ? found : { [second]: found };
  }
  return words;
}
