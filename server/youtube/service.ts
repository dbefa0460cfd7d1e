import { RateLimiterMemory } from 'rate-limiter-flexible';
import { isPresenting, type Role } from '@/room/roles';
import type { YouTubeVideo } from '../adapters/youtube/port';
import type { App } from '../app';
import { AppError } from '../errors';
import { countTry } from '../throttle';
import * as queries from './queries';

type Asking = { id: string; role: Role };

/** What one person may ask YouTube for in a minute: nobody types faster, and a day's searches are a hundred for everybody. */
const perMinute = new RateLimiterMemory({ points: 20, duration: 60 });

/** @throws AppError NOT_ALLOWED for who may not play anything for everyone */
function requirePresenter({ role }: Asking): void {
  if (!isPresenting(role)) throw new AppError('NOT_ALLOWED');
}

/**
 * Videos for these words, at most twelve. The same words within a week are not asked again.
 * @throws AppError NOT_ALLOWED; NOT_FOUND where this installation cannot search; TOO_MANY_REQUESTS; YOUTUBE_QUOTA; YOUTUBE_AWAY
 */
export async function searchVideos(
  app: Pick<App, 'db' | 'youtube' | 'log'>,
  asking: Asking,
  text: string,
): Promise<YouTubeVideo[]> {
  requirePresenter(asking);
  if (!app.youtube.search) throw new AppError('NOT_FOUND');
  const words = text.trim().replaceAll(/\s+/g, ' ').toLowerCase();
  const known = await queries.findSearch(app.db, words);
  if (known) return known;
  await countTry(perMinute, asking.id);
  const answer = await app.youtube.search(words);
  if (!answer.ok) {
    app.log.warn({ why: answer.why }, 'YouTube was searched in vain');
    throw new AppError(answer.why === 'quota' ? 'YOUTUBE_QUOTA' : 'YOUTUBE_AWAY');
  }
  await queries.saveSearch(app.db, words, answer.videos);
  return answer.videos;
}

/**
 * What a pasted video is called; null where YouTube does not say.
 * @throws AppError NOT_ALLOWED, TOO_MANY_REQUESTS
 */
export async function describeVideo(
  app: Pick<App, 'youtube'>,
  asking: Asking,
  videoId: string,
): Promise<YouTubeVideo | null> {
  requirePresenter(asking);
  await countTry(perMinute, asking.id);
  return app.youtube.describe(videoId);
}
