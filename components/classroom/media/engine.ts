import type { createController as CreateController } from './controller';
import { FIRST_GRANT_ID, type FirstGrant } from './media-ahead';
import type { GrantAnswer, MediaController, MediaGrant } from './types';

export type EngineSettings = { me: string; askGrant: () => Promise<GrantAnswer>; random: () => number };

/** A controller, and how it is started: one that connects already has been. */
export type Engine = { controller: MediaController; start(grant: MediaGrant | null): void; close(): void };

type Early = { me: string; engine: Engine; adopt: (askGrant: EngineSettings['askGrant']) => void };

/** Begun with the page's own grant; null where the page has none, and once it was closed. */
let early: Early | null = null;

/** The client is 130 KB: it is fetched while the page hydrates, and everything but voice and video works without it. */
const loading =
  typeof window === 'undefined'
    ? null
    : import('./controller').then((client) => {
        early = beginEarly(client.createController);
        return client;
      });
loading?.catch((error: unknown) => console.error('The media client could not be loaded', error));

function beginEarly(createController: typeof CreateController): Early | null {
  const text = document.getElementById(FIRST_GRANT_ID)?.textContent;
  if (!text) return null;
  const { me, grant } = JSON.parse(text) as FirstGrant;
  const { promise: asking, resolve: adopt } = Promise.withResolvers<EngineSettings['askGrant']>();
  const askGrant = async () => (await asking)();
  const controller = createController({ me, askGrant, random: Math.random });
  controller.start(grant);
  let begun = true;
  const engine: Engine = {
    controller,
    start(next) {
      if (!begun) controller.start(next);
      begun = false;
    },
    close() {
      early = null;
      controller.close();
    },
  };
  return { me, engine, adopt };
}

/** The page's engine where it is this person's, else a new one. Rejects where the client cannot be loaded. */
export async function takeEngine(settings: EngineSettings): Promise<Engine> {
  if (!loading) throw new Error('No media on the server');
  const { createController } = await loading;
  if (early?.me === settings.me) {
    early.adopt(settings.askGrant);
    return early.engine;
  }
  early?.engine.close();
  const controller = createController(settings);
  return { controller, start: (grant) => controller.start(grant), close: () => controller.close() };
}
