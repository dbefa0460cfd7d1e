import type { Env } from '../env';
import { createLiveKit } from './livekit/livekit';
import type { MediaServer } from './livekit/port';
import { filteringLooker } from './web/looker';
import type { WebLooker } from './web/port';
import { dataApiDirectory } from './youtube/data-api';
import { oembedDirectory } from './youtube/oembed';
import type { YouTubeDirectory } from './youtube/port';

/** What the outside world is to the services. The only place where the environment chooses an implementation. */
export type Adapters = { mediaServer: MediaServer; web: WebLooker; youtube: YouTubeDirectory };

export function createAdapters(env: Env): Adapters {
  return {
    mediaServer: createLiveKit(env.LIVEKIT_URL, env.LIVEKIT_API_KEY, env.LIVEKIT_API_SECRET),
    web: filteringLooker({ allowPrivateIPAddress: env.LECTERN_PRIVATE_LINKS }),
    youtube: env.YOUTUBE_API_KEY
      ? dataApiDirectory(env.YOUTUBE_API_KEY, env.YOUTUBE_API_URL)
      : oembedDirectory(),
  };
}
