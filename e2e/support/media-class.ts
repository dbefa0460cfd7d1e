import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, expect, type Page } from '@playwright/test';
import { type Actor, signUpActor } from '../../scripts/actor';
import { openBrowser, prepareClass } from './class';
import { watchTimeCode } from './time-code';

/** A class that is on, its teacher in it, and pages of students who are enrolled. */
export async function openMediaClass(browser: Browser, appUrl: string) {
  const { teacher: actor, courseId, lessonId, slug } = await prepareClass(appUrl);
  await actor.trpc.lessons.start.mutate({ lessonId });
  const enter = async (who: Actor, prepare?: (page: Page) => Promise<void>): Promise<Page> => {
    const { page } = await openBrowser(browser, who);
    await watchTimeCode(page);
    await prepare?.(page);
    await page.goto(`${appUrl}/room/${slug}`);
    await page.getByRole('button', { name: 'Join as listener', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Leave' })).toBeVisible();
    return page;
  };
  const student = async (
    name: string,
    prepare?: (page: Page) => Promise<void>,
    role: 'student' | 'presenter' = 'student',
  ) => {
    const pupil = await signUpActor(appUrl, name);
    await actor.trpc.courses.enrol.mutate({ courseId, email: pupil.email, role });
    return enter(pupil, prepare);
  };
  return { actor, slug, enter, student };
}

/** Opens a panel of the room, or shuts it. */
export const panel = (page: Page, name: 'Documents' | 'Media') =>
  page.getByRole('button', { name, exact: true }).click();

/** Moves what plays, as a presenter does by the bar under it. @param positionMs  a multiple of 100 */
export async function dragTo(presenter: Page, positionMs: number): Promise<void> {
  const position = presenter.getByRole('slider', { name: 'Position' });
  await position.focus();
  await position.fill(String(positionMs));
  await position.blur();
}

const standIn = path.join(import.meta.dirname, 'fake-youtube.js');

/** Answers for YouTube. @param refusesSound  as a browser does before somebody has pressed anything */
export async function fakeYouTube(page: Page, { refusesSound = false } = {}): Promise<void> {
  const code = await readFile(standIn, 'utf8');
  const body = refusesSound ? code.replace('blockSound: false', 'blockSound: true') : code;
  await page.route('https://www.youtube.com/iframe_api', (route) =>
    route.fulfill({ body, contentType: 'text/javascript' }),
  );
}
export type Fake = {
  said(): { state: number; muted: boolean; time: number; rate: number };
  advertisement(ms: number): void;
  advertisementThatPlays(ms: number): void;
};
export const said = (page: Page) =>
  page.evaluate(
    () => (window as { fakeYouTube?: { players: Fake[] } }).fakeYouTube?.players.at(-1)?.said() ?? null,
  );

/** What plays in a page goes on, and takes its share of the machine, until the page is closed. */
export async function closePages({ browser }: { browser: Browser }): Promise<void> {
  await Promise.all(browser.contexts().map((context) => context.close()));
}
