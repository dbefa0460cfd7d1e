import type { MediaGrant } from './types';

/** Who connects, and with what. */
export type FirstGrant = { me: string; grant: MediaGrant };

export const FIRST_GRANT_ID = 'first-media-grant';

/** The grant in the page itself, as data: connecting need not wait until React has read the page. */
export function FirstGrantTag({ me, grant }: FirstGrant) {
  // A closing tag inside of a string would end the element.
  const json = JSON.stringify({ me, grant }).replaceAll('<', '\\u003c');
  return <script type="application/json" id={FIRST_GRANT_ID} dangerouslySetInnerHTML={{ __html: json }} />;
}
