import { setTimeout as wait } from 'node:timers/promises';
import { type Browser, chromium, type Page, request } from '@playwright/test';
import { createTRPCClient, httpLink } from '@trpc/client';
import type { AppRouter } from '@/server/router';
import { openBrowser, type PreparedClass, prepareClass } from '../../e2e/support/class';
import { fetchWith } from '../actor';
import { CHROMIUM_ARGS, chromiumPath } from '../chromium';
import type { Stack } from '../stack/stack';
import { startBenchStack } from './bench-stack';
import { serveBarePage } from './bare-page';
import { sumPssMb } from './memory';
import { collectScripts, sumKb } from './page-weight';
import { timeToPicture } from './picture';
import { percentile } from './statistics';

/**
 * `npm run bench:join -- [--runs 20]`: how long it takes from a personal link to the teacher's moving picture, as a
 * listener in a new browser context; beside it, in turn, a bare livekit-client page in the same room with the same
 * rights. Then the JavaScript of the room above an empty page of the same build, and the memory of everything at rest
 * before anybody came. One JSON line on standard output.
 */
const runs = Number(process.argv[process.argv.indexOf('--runs') + 1]) || 20;
/** How long the stack is left alone before its memory at rest is read: start-up garbage is collected by then. */
const SETTLE_MS = 10_000;

const stack = await startBenchStack({});
try {
  await wait(SETTLE_MS);
  const idleMb = sumPssMb(stack.pids());
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_ARGS });
  const prepared = await prepareClass(stack.appUrl, 'Astronomy');
  await teach(browser, stack, prepared);
  const times = await timeLinks(browser, stack, prepared);
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

/** The teacher starts the class and joins with camera and microphone, which are on unless one switched them off before. */
async function teach(
  browser: Browser,
  { appUrl }: Stack,
  { teacher, lessonId, slug }: PreparedClass,
): Promise<void> {
  await teacher.trpc.lessons.start.mutate({ lessonId });
  const { page } = await openBrowser(browser, teacher);
  await page.goto(`${appUrl}/room/${slug}`);
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await page.getByRole('button', { name: 'Leave' }).waitFor();
  await page.getByRole('button', { name: 'Turn camera off' }).waitFor();
}

async function timeLinks(browser: Browser, { env }: Stack, prepared: PreparedClass) {
  const barePage = await serveBarePage();
  const ours: number[] = [];
  const bare: number[] = [];
  for (let run = 0; run <= runs; run++) {
    const link = await makeLink(prepared, `Listener ${run}`);
    const our = await inNewContext(browser, (page) => timeToPicture(page, link));
    const token = await takeToken(await makeLink(prepared, `Bare ${run}`), prepared.slug);
    const address = barePage.url(env.LIVEKIT_URL ?? '', token);
    const their = await inNewContext(browser, (page) => timeToPicture(page, address));
    // The first of each warms up the servers and the browser's code cache.
    if (run === 0) continue;
    ours.push(our);
    bare.push(their);
  }
  await barePage.close();
  return { ours, bare };
}

async function makeLink({ teacher, lessonId }: PreparedClass, name: string): Promise<string> {
  return (await teacher.trpc.links.createPersonal.mutate({ lessonId, name })).url;
}

async function inNewContext<T>(browser: Browser, act: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    return await act(await context.newPage());
  } finally {
    await context.close();
  }
}

/** A media token as the room page would get it: for a participant who came in by their link. */
async function takeToken(link: string, slug: string): Promise<string> {
  const appUrl = new URL(link).origin;
  const http = await request.newContext({ extraHTTPHeaders: { origin: appUrl } });
  try {
    await http.get(link);
    const trpc = createTRPCClient<AppRouter>({
      links: [httpLink({ url: `${appUrl}/api/trpc`, fetch: fetchWith(http) })],
    });
    const { opening } = await trpc.classroom.open.query({ slug });
    if (!opening.media) throw new Error('The class is not live: there is no media token.');
    return opening.media.token;
  } finally {
    await http.dispose();
  }
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
