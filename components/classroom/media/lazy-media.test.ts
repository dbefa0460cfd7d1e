import { expect, test } from 'vitest';
import type { Engine } from './engine';
import { createLazyMedia } from './lazy-media';
import type { MediaController } from './types';

test('what is asked for before the client is there is done in that order: who starts the class as the page loads is heard in it', async () => {
  const done: string[] = [];
  const controller = {
    subscribe: () => () => undefined,
    stop: () => done.push('stop'),
    enter: () => done.push('enter'),
  } as unknown as MediaController;
  const engine: Engine = {
    controller,
    start: () => done.push('start'),
    close: () => done.push('close'),
  };
  const { promise, resolve } = Promise.withResolvers<Engine>();
  const askGrant = async () => ({ kind: 'refused' }) as const;
  const media = createLazyMedia({ me: 'one', askGrant, random: Math.random }, () => promise);
  // No lesson yet; then there is one, and they go in.
  media.stop();
  media.start(null);
  media.enter();
  resolve(engine);
  await media.ready;
  await Promise.resolve();
  expect(done).toEqual(['stop', 'start', 'enter']);
});
