import { z } from 'zod';
import { askJson, read } from './ask';
import type { YouTubeDirectory } from './port';

export const OEMBED_URL = 'https://www.youtube.com/oembed';

const embed = z.object({ title: z.string(), author_name: z.string() });

/**
 * What YouTube tells everybody: the title of a video that may be embedded (oembed.com). No search, no key, no length.
 * @param url  YouTube's address, or that of a stand-in
 */
export function oembedDirectory(url = OEMBED_URL): YouTubeDirectory {
  return {
    search: null,
    async describe(videoId) {
      const address = new URL(url);
      address.searchParams.set('format', 'json');
      address.searchParams.set('url', `https://www.youtube.com/watch?v=${videoId}`);
      const { status, body } = await askJson(address);
      const found = status === 200 ? read(embed, body) : null;
      return found && { videoId, title: found.title, channel: found.author_name, durationMs: null };
    },
  };
}
