import { setTimeout as wait } from 'node:timers/promises';
import { type Browser, chromium, type Page } from '@playwright/test';
import { prepareClass } from '../../e2e/support/class';
import { CHROMIUM_ARGS, chromiumPath } from '../chromium';
import type { Stack } from '../stack/stack';
import { startBenchStack } from './bench-stack';
import { makeLink, teach, timeLinks } from './link-to-picture';
import { sumPssMb } from './memory';
import { collectScripts, sumKb } from './page-weight';
import { numberAfter } from './run-sections';
import { percentile } from './statistics';

/**
 * `npm run bench:join -- [--runs 20]`: how long it takes from a personal link to the teacher's moving picture, as a
 * listener in a new browser context; beside it, in turn, a bare livekit-client page in the same room with the same
 * rights. Then the JavaScript of the room above an empty page of the same build, and the memory of everything at rest
 * before anybody came. One JSON line on standard output.
 */
const runs = numberAfter('runs', 20);
/** How long the stack is left alone before its memory at rest is read: start-up garbage is collected by then. */
const SETTLE_MS = 10_000;

const stack = await startBenchStack({});
try {
  await wait(SETTLE_MS);
  const idleMb = sumPssMb(stack.pids());
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_ARGS });
  const prepared = await prepareClass(stack.appUrl, 'Astronomy');
  await teach(browser, stack, prepared);
  const times = await timeLinks(browser, stack, prepared, runs);
  const weight = await weigh(browser, stack, await makeLink(prepared, 'Weigher'));
  await browser.close();
  const line = {
    linkToPictureP50Ms: percentile(times.ours, 0.5),
    linkToPictureP95Ms: percentile(times.ours, 0.95),
    bareP50Ms: percentile(times.bare, 0.5),
    usableKbAboveEmpty: weight.usableKb,
    videoKbAboveEmpty: weight.videoKb,
    idleMb,
    runs,
  };
  console.log(
    JSON.stringify(line, (_key, value) => (typeof value === 'number' ? Math.round(value * 10) / 10 : value)),
  );
} finally {
  await stack.stop();
}

/**
 * JavaScript above an empty page of the same build. What holds LiveKit's code is known by its content; that chat and page
 * are usable without it is shown by refusing it.
 */
async function weigh(
  browser: Browser,
  { appUrl }: Stack,
  link: string,
): Promise<{ usableKb: number; videoKb: number }> {
  const loaded = (page: Page) => page.waitForLoadState('networkidle');
  const empty = sumKb(await collectScripts(browser, `${appUrl}/no-such-page`, { usable: loaded }));
  const video = await collectScripts(browser, link, {
    usable: async (page) => {
      await page.waitForFunction(() =>
        [...document.querySelectorAll('video')].some((one) => one.videoWidth > 0),
      );
    },
  });
  const media = new Set(video.filter(({ body }) => body.includes('livekit')).map(({ url }) => url));
  const usable = await collectScripts(browser, link, {
    block: media,
    usable: async (page) => {
      await page.getByRole('button', { name: 'Join', exact: true }).click();
      await page.getByRole('button', { name: 'Chat' }).click();
      await page.getByLabel('Write a message').fill('Is this on?');
      await page.getByRole('button', { name: 'Send' }).click();
      await page.getByText('Is this on?').waitFor();
    },
  });
  return { usableKb: sumKb(usable) - empty, videoKb: sumKb(video) - empty };
}
