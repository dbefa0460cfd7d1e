import type { Env } from '../env';
import { createLiveKit } from './livekit/livekit';
import type { MediaServer } from './livekit/port';

/** What the outside world is to the services. The only place where the environment chooses an implementation. */
export type Adapters = { mediaServer: MediaServer };

export function createAdapters(env: Env): Adapters {
  return { mediaServer: createLiveKit(env.LIVEKIT_URL, env.LIVEKIT_API_KEY, env.LIVEKIT_API_SECRET) };
}
