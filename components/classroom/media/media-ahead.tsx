import { InlineScript } from '@/components/ui/inline-script';
import type { MediaGrant } from './types';

/** Who connects, and with what. */
export type FirstGrant = { me: string; grant: MediaGrant };

export const FIRST_GRANT_ID = 'first-media-grant';

/**
 * Runs while the page is read. The media client is loaded on demand, so the page only announces its file; as a script the
 * browser compiles it beside everything else, and it is ready when it is asked for.
 */
function loadAhead(): void {
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel=preload][as=script]')) {
    const script = document.createElement('script');
    script.src = link.href;
    script.fetchPriority = 'high';
    document.head.append(script);
  }
}

/** What lets a page connect before React has read it: the first grant, as data, and the media client, ahead of its turn. */
export function MediaAhead({ me, grant, nonce }: FirstGrant & { nonce: string | undefined }) {
  // A closing tag inside of a string would end the element.
  const json = JSON.stringify({ me, grant }).replaceAll('<', '\\u003c');
  return (
    <>
      <script type="application/json" id={FIRST_GRANT_ID} dangerouslySetInnerHTML={{ __html: json }} />
      <InlineScript run={loadAhead} nonce={nonce} />
    </>
  );
}
