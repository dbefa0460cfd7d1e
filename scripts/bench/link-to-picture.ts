import { type Browser, type Page, request } from '@playwright/test';
import { createTRPCClient, httpLink } from '@trpc/client';
import type { AppRouter } from '@/server/router';
import { openBrowser, type PreparedClass } from '../../e2e/support/class';
import { fetchWith } from '../actor';
import type { Stack } from '../stack/stack';
import { serveBarePage } from './bare-page';
import { timeToPicture } from './picture';

/** The teacher starts the class and joins with camera and microphone, which are on unless one switched them off before. */
export async function teach(
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

/** From a link to the teacher's moving picture, ms: ours, and in turn with it the bare page's, each in a new browser context. */
export async function timeLinks(
  browser: Browser,
  { env }: Stack,
  prepared: PreparedClass,
  runs: number,
): Promise<{ ours: number[]; bare: number[] }> {
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

/** A personal link to the class. */
export async function makeLink({ teacher, lessonId }: PreparedClass, name: string): Promise<string> {
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
