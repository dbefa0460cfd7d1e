import type { App } from '../app';
import { fileAddress } from '../files/address';
import type { PlaylistGrant } from '../files/playlist-address';
import { outputKey } from './output-key';
import { listParts } from './queries/playback';

/** Parts are longer than planned where a film has no picture to begin at; a list may not change what it said before. */
const USUAL_LONGEST_S = 12;

/**
 * The list of a film's parts as a player reads it (RFC 8216), with an address for each; it has no end as long as parts are being made.
 * @param expiresAt  when the parts' addresses end, ms since the epoch
 * @returns null when there is nothing to play under this file
 */
export async function readPlaylist(
  app: Pick<App, 'db' | 'env'>,
  { documentId, storageKey }: PlaylistGrant,
  expiresAt: number,
): Promise<{ text: string; complete: boolean } | null> {
  const parts = await listParts(app.db, documentId, storageKey);
  if (!parts || parts.durations.length === 0) return null;
  const address = (kind: 'beginning' | 'part', part = 0) =>
    fileAddress(
      app.env,
      { key: outputKey(storageKey, kind, part), mimeType: 'video/mp4', downloadName: null },
      expiresAt,
    );
  const longest = Math.ceil(Math.max(...parts.durations.slice(0, 10_000)) / 1000);
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${Math.max(USUAL_LONGEST_S, longest)}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:EVENT',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    // Who comes while it is being made sees its beginning too, not its end so far.
    '#EXT-X-START:TIME-OFFSET=0',
    `#EXT-X-MAP:URI="${address('beginning')}"`,
    ...parts.durations.flatMap((durationMs, part) => [
      `#EXTINF:${(durationMs / 1000).toFixed(3)},`,
      address('part', part),
    ]),
    ...(parts.complete ? ['#EXT-X-ENDLIST'] : []),
  ];
  return { text: `${lines.join('\n')}\n`, complete: parts.complete };
}
