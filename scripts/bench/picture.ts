import path from 'node:path';
import type { Page } from '@playwright/test';
import { root } from '../stack/folders';

/**
 * Follows a link and waits until a remote picture moves: the second frame of a video that is not this browser's own
 * (fake) camera. Gives ms from following the link; page and bench share this machine's one clock.
 */
export async function timeToPicture(page: Page, url: string): Promise<number> {
  await page.addInitScript({ path: path.join(root, 'scripts/bench/watch-picture.js') });
  const started = Date.now();
  await page.goto(url, { waitUntil: 'commit' });
  const at = await page.waitForFunction(() => document.querySelector('html')?.dataset.pictureAt, undefined, {
    polling: 50,
  });
  return Number(await at.jsonValue()) - started;
}
