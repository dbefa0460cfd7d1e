/** What of an HLS playlist (RFC 8216) decides whether it can be played in step. Addresses are whole. */
export type Playlist =
  | { kind: 'master'; variants: string[] }
  /** `slides`: its beginning goes away while it is played, so that it has no moments that all share. */
  | { kind: 'media'; slides: boolean; addresses: string[] };

const ATTRIBUTE_URI = /URI="([^"]*)"/;

/** @param at  where the playlist lies: what it names is relative to that. Null: it names something that is no address. */
export function readPlaylist(text: string, at: string): Playlist | null {
  const addresses: string[] = [];
  const variants: string[] = [];
  let master = false;
  let slides = true;
  for (const line of text.split(/\r?\n/).map((one) => one.trim())) {
    if (line.startsWith('#EXT-X-STREAM-INF')) master = true;
    if (line === '#EXT-X-ENDLIST' || /^#EXT-X-PLAYLIST-TYPE:(VOD|EVENT)$/.test(line)) slides = false;
    const named = line.startsWith('#') ? ATTRIBUTE_URI.exec(line)?.[1] : line;
    if (!named) continue;
    if (!URL.canParse(named, at)) return null;
    const { href } = new URL(named, at);
    if (!line.startsWith('#') && master) variants.push(href);
    else addresses.push(href);
  }
  // Further sounds and subtitles of a master playlist are playlists too.
  return master
    ? { kind: 'master', variants: [...variants, ...addresses] }
    : { kind: 'media', slides, addresses };
}

/** One address for each place that it sends browsers to. */
export function onePerOrigin(addresses: readonly string[]): string[] {
  return [...new Map(addresses.map((address) => [new URL(address).origin, address])).values()];
}
