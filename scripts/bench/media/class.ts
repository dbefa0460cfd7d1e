import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { CHROMIUM_ARGS, chromiumPath } from '../../chromium';
import type { Stack } from '../../stack/stack';
import { numberAfter } from '../run-sections';
import { admitGuests, type BenchClass, makeLink, startClass } from '../room/bench-class';
import type { LoadCalls } from '../room/load-process';
import { startRemote } from '../room/remote';

/** How long it plays undisturbed, s. */
export const SECONDS = numberAfter('seconds', 60);
const SUBSCRIBERS = numberAfter('subscribers', 500);
/** What the followers' calendars say beside the truth, ms. */
const OFF_MS = [0, 5 * 60_000, -5 * 60_000];

/** A class with a presenter, followers in windows of their own, and guests who only listen to the room. */
export type MediaClass = {
  room: BenchClass;
  presenter: Page;
  followers: readonly Page[];
  /** One more, who comes now. */
  comeLate(): Promise<Page>;
  send(body: { type: string; payload: unknown }): Promise<void>;
  headSeq(): Promise<number>;
};

/** @param prepare  is told of each page before it loads anything; `index` is the follower's, null the presenter's */
export async function withMediaClass<T>(
  stack: Stack,
  prepare: (page: Page, index: number | null) => Promise<void>,
  measure: (inClass: MediaClass) => Promise<T>,
): Promise<T> {
  const room = await startClass(stack);
  const load = startRemote<LoadCalls>('load-process.ts');
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_ARGS });
  try {
    await listen(load, stack, room);
    const presenter = await (
      await browser.newContext({ storageState: await room.teacher.storageState() })
    ).newPage();
    await prepare(presenter, null);
    await enter(presenter, `${stack.appUrl}/room/${room.slug}`);
    const follow = (index: number) => comeAsFollower(browser, room, index, prepare);
    const followers = await Promise.all(OFF_MS.map((_off, index) => follow(index)));
    return await measure({
      room,
      presenter,
      followers,
      comeLate: () => follow(OFF_MS.length),
      send: (body) => send(room, body),
      headSeq: async () => (await room.teacher.trpc.rooms.state.query({ roomId: room.roomId })).head.seq,
    });
  } finally {
    await browser.close();
    await load.stop();
  }
}

/** Those who only listen, in a process of their own. */
async function listen(
  load: ReturnType<typeof startRemote<LoadCalls>>,
  { appUrl: url }: Stack,
  room: BenchClass,
): Promise<void> {
  const cookies = await admitGuests(room, SUBSCRIBERS, 'Guest');
  const { roomId, boardId } = room;
  const target = { url, streamsUrl: url, roomId, boardId, senders: cookies.slice(0, 1) };
  await load.call('open', { name: 'app', target, cookies, after: 0 });
}

async function comeAsFollower(
  browser: Browser,
  room: BenchClass,
  index: number,
  prepare: (page: Page, index: number) => Promise<void>,
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 640, height: 480 } });
  await setCalendar(context, OFF_MS[index] ?? 0);
  const page = await context.newPage();
  await prepare(page, index);
  return enter(page, await makeLink(room, `Follower ${index}`));
}

/** @param off  what this browser's calendar says beside the truth, ms */
async function setCalendar(context: BrowserContext, off: number): Promise<void> {
  if (off === 0) return;
  await context.addInitScript({
    content: `window.Date = class extends Date {
      constructor(...given) { if (given.length > 0) super(...given); else super(Date.now() + ${off}); }
      static now() { return super.now() + ${off}; }
    };`,
  });
}

async function enter(page: Page, url: string): Promise<Page> {
  await page.goto(url);
  const join = page.getByRole('button', { name: 'Join as listener', exact: true });
  await join.waitFor();
  // Pressed from inside, as it is pressed outside of a test: without what Playwright looks at before.
  await join.evaluate((element) => {
    Object.assign(window, { joinedAt: performance.timeOrigin + performance.now() });
    (element as HTMLElement).click();
  });
  await page.getByRole('button', { name: 'Leave', exact: true }).waitFor();
  return page;
}

async function send(
  { teacher, roomId }: BenchClass,
  body: { type: string; payload: unknown },
): Promise<void> {
  const commands = [{ id: crypto.randomUUID(), ...body }];
  const { results } = await teacher.trpc.rooms.send.mutate({ roomId, commands });
  for (const result of results) if (!result.ok) throw new Error(`A command was refused: ${result.code}`);
}
