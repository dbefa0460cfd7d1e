import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { askJson, read } from './ask';
import type { YouTubeDirectory, YouTubeFailure, YouTubeVideo } from './port';

export const DATA_API_URL = 'https://www.googleapis.com/youtube/v3/';
const MOST_VIDEOS = 12;

// developers.google.com/youtube/v3/docs: search.list, videos.list, and their errors.
const found = z.object({ items: z.array(z.object({ id: z.object({ videoId: z.string() }) })) });
const videos = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      snippet: z.object({ title: z.string(), channelTitle: z.string() }),
      contentDetails: z.object({ duration: z.string() }),
    }),
  ),
});
const failure = z.object({ error: z.object({ errors: z.array(z.object({ reason: z.string() })) }) });
const QUOTA = ['quotaExceeded', 'dailyLimitExceeded', 'rateLimitExceeded', 'userRateLimitExceeded'];

/**
 * The Data API, version 3. A search is one of the hundred a day that a key has; the lengths and the plain titles come by a second
 * call, which costs next to nothing (a search gives titles as HTML, and no lengths).
 * @param url  Google's address, or that of a stand-in; ends with a slash
 */
export function dataApiDirectory(key: string, url = DATA_API_URL): YouTubeDirectory {
  const ask = (path: string, parameters: Record<string, string>) => {
    const address = new URL(path, url);
    for (const [name, value] of Object.entries({ ...parameters, key })) address.searchParams.set(name, value);
    return askJson(address);
  };

  async function list(ids: readonly string[]): Promise<YouTubeVideo[] | YouTubeFailure> {
    const { status, body } = await ask('videos', { part: 'snippet,contentDetails', id: ids.join(',') });
    const listed = status === 200 ? read(videos, body) : null;
    if (!listed) return failureOf(status, body);
    return listed.items.map(({ id, snippet, contentDetails }) => ({
      videoId: id,
      title: snippet.title,
      channel: snippet.channelTitle,
      durationMs: readDuration(contentDetails.duration),
    }));
  }

  return {
    async search(words) {
      const { status, body } = await ask('search', {
        part: 'id',
        type: 'video',
        videoEmbeddable: 'true',
        maxResults: String(MOST_VIDEOS),
        q: words,
      });
      const hits = status === 200 ? read(found, body) : null;
      if (!hits) return { ok: false, why: failureOf(status, body) };
      const ids = hits.items.map(({ id }) => id.videoId);
      const listed = ids.length > 0 ? await list(ids) : [];
      return typeof listed === 'string' ? { ok: false, why: listed } : { ok: true, videos: listed };
    },
    async describe(videoId) {
      const listed = await list([videoId]);
      return typeof listed === 'string' ? null : (listed[0] ?? null);
    },
  };
}

function failureOf(status: number, body: unknown): YouTubeFailure {
  const reasons = read(failure, body)?.error.errors.map(({ reason }) => reason) ?? [];
  if (reasons.some((reason) => QUOTA.includes(reason))) return 'quota';
  return status === 400 || status === 401 || status === 403 ? 'refused' : 'unreachable';
}

/** `PT1H2M3S` in ms; null for a broadcast that goes on (`P0D`). */
function readDuration(text: string): number | null {
  try {
    return Temporal.Duration.from(text).total('milliseconds') || null;
  } catch {
    return null;
  }
}
