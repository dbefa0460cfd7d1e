import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { type Actor, signUpActor } from '../scripts/actor';
import { makeTimeCodedVideo } from './fixtures/video';
import { openBrowser, prepareClass } from './support/class';
import { apart, type Sample, takeSamples, watchTimeCode } from './support/time-code';

let folder: string;
let film: string;
test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lectern-media-'));
  film = path.join(folder, 'Film.mp4');
  await makeTimeCodedVideo(film, 40);
});
test.afterAll(() => rm(folder, { recursive: true, force: true }));

/** A class that is on, its teacher in it, and pages of students who are enrolled. */
async function openClass(browser: Browser, appUrl: string) {
  const { teacher: actor, courseId, lessonId, slug } = await prepareClass(appUrl);
  await actor.trpc.lessons.start.mutate({ lessonId });
  const enter = async (who: Actor, prepare?: (page: Page) => Promise<void>): Promise<Page> => {
    const { page } = await openBrowser(browser, who);
    await watchTimeCode(page);
    await prepare?.(page);
    await page.goto(`/room/${slug}`);
    await page.getByRole('button', { name: 'Join as listener', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Leave' })).toBeVisible();
    return page;
  };
  const student = async (name: string, prepare?: (page: Page) => Promise<void>) => {
    const pupil = await signUpActor(appUrl, name);
    await actor.trpc.courses.enrol.mutate({ courseId, email: pupil.email, role: 'student' });
    return enter(pupil, prepare);
  };
  return { actor, slug, enter, student };
}

const panel = (page: Page, name: 'Documents' | 'Media') =>
  page.getByRole('button', { name, exact: true }).click();

async function uploadFilm(page: Page): Promise<void> {
  await panel(page, 'Documents');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Upload', exact: true }).click();
  await (await chooser).setFiles(film);
  await panel(page, 'Media');
  await expect(async () => {
    await panel(page, 'Documents');
    await panel(page, 'Media');
    await expect(page.getByRole('button', { name: 'Film.mp4', exact: true })).toBeVisible({ timeout: 1000 });
  }).toPass();
}

const last = (samples: readonly Sample[]) => samples.at(-1)?.[1] ?? Number.NaN;
const inStep = (page: Page) => expect(page.locator('[data-media-step="in-step"]')).toBeVisible();

/** What the page's pictures say has played, until it is so. */
async function untilFilm(page: Page, is: (ms: number) => boolean): Promise<void> {
  const seen: Sample[] = [];
  await expect
    .poll(async () => {
      seen.push(...(await takeSamples(page)));
      return seen.length > 0 && is(last(seen));
    })
    .toBe(true);
}

test('M3: a film plays at the same moment for everyone, by its own pictures: pause, seek, speed, late join, reload', async ({
  browser,
  baseURL,
}) => {
  const room = await openClass(browser, baseURL ?? '');
  const teacher = await room.enter(room.actor);
  const first = await room.student('Sam Okafor');
  await uploadFilm(teacher);
  await teacher.getByRole('button', { name: 'Play “Film.mp4” for everyone' }).click();
  await untilFilm(first, (ms) => ms > 1000);
  // Who comes late is at the same place.
  const second = await room.student('Ada Lund');
  await untilFilm(second, (ms) => ms > 1000);
  await inStep(second);
  await Promise.all([takeSamples(first), takeSamples(second)]);
  await untilFilm(teacher, (ms) => ms > 6000);
  const [a, b] = await Promise.all([takeSamples(first), takeSamples(second)]);
  const distances = apart(a, b).toSorted((x, y) => x - y);
  expect(distances.length).toBeGreaterThan(10);
  expect(distances[Math.floor(distances.length / 2)]).toBeLessThan(250);

  // Paused, all stand at the same picture.
  await teacher.getByRole('button', { name: 'Pause for everyone' }).click();
  await expect(teacher.getByRole('button', { name: 'Play for everyone', exact: true })).toBeVisible();
  const standing = () =>
    Promise.all(
      [first, second].map((page) =>
        page.locator('[data-media-step] video').evaluate((video) => {
          const { currentTime, paused } = video as HTMLVideoElement;
          return paused ? currentTime * 1000 : Number.NaN;
        }),
      ),
    );
  await expect
    .poll(async () => {
      const [one = 0, other = 0] = await standing();
      return one > 4000 && Math.abs(one - other) <= 60;
    })
    .toBe(true);

  // Students have no say in it.
  await expect(first.getByRole('button', { name: 'Play for everyone', exact: true })).toHaveCount(0);
  await expect(first.getByRole('slider', { name: 'Position' })).toBeDisabled();

  await teacher.keyboard.press('l');
  await teacher.keyboard.press('k');
  await untilFilm(first, (ms) => ms > 16_000);
  await teacher.getByRole('combobox', { name: 'Speed' }).selectOption('2');
  await expect
    .poll(() =>
      second.locator('[data-media-step] video').evaluate((video) => (video as HTMLVideoElement).playbackRate),
    )
    .toBeGreaterThan(1.8);
  await second.reload();
  await second.getByRole('button', { name: 'Join', exact: true }).click();
  await untilFilm(second, (ms) => ms > 20_000);

  // It ends for everyone by itself, and rests.
  await expect(teacher.getByRole('button', { name: 'Play for everyone', exact: true })).toBeVisible({
    timeout: 30_000,
  });
  await teacher.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(first.locator('[data-media-step]')).toHaveCount(0);
});

const standIn = path.join(import.meta.dirname, 'support', 'fake-youtube.js');

/** Answers for YouTube. @param refusesSound  as a browser does before somebody has pressed anything */
async function fakeYouTube(page: Page, { refusesSound = false } = {}): Promise<void> {
  const code = await readFile(standIn, 'utf8');
  const body = refusesSound ? code.replace('blockSound: false', 'blockSound: true') : code;
  await page.route('https://www.youtube.com/iframe_api', (route) =>
    route.fulfill({ body, contentType: 'text/javascript' }),
  );
}
type Fake = { said(): { state: number; muted: boolean; time: number }; advertisement(ms: number): void };
const said = (page: Page) =>
  page.evaluate(
    () => (window as { fakeYouTube?: { players: Fake[] } }).fakeYouTube?.players.at(-1)?.said() ?? null,
  );

test('M3, on a local stand-in of YouTube’s IFrame API: a link plays for everyone, and says so where it cannot', async ({
  browser,
  baseURL,
}) => {
  const room = await openClass(browser, baseURL ?? '');
  const teacher = await room.enter(room.actor, fakeYouTube);
  const student = await room.student('Sam Okafor', fakeYouTube);
  await panel(teacher, 'Media');
  const link = teacher.getByRole('textbox', { name: 'Paste a link' });
  for (const wrong of ['javascript:alert(1)', 'file:///etc/passwd', 'hello', 'https://youtu.be/short']) {
    await link.fill(wrong);
    await link.press('Enter');
    await expect(teacher.getByText('That isn’t an address of something that plays.')).toBeVisible();
  }
  await link.fill('https://youtu.be/dQw4w9WgXcQ?t=30');
  await link.press('Enter');
  await teacher.getByRole('button', { name: 'Play for everyone' }).click();
  for (const page of [teacher, student]) {
    await expect.poll(async () => (await said(page))?.state).toBe(1);
    await expect.poll(async () => (await said(page))?.time).toBeGreaterThan(30);
  }
  const times = await Promise.all([said(teacher), said(student)]);
  expect(Math.abs((times[0]?.time ?? 0) - (times[1]?.time ?? 99))).toBeLessThan(1.5);

  // An advertisement is waited for by nobody else, and caught up with.
  await student.evaluate(() =>
    (window as unknown as { fakeYouTube: { players: Fake[] } }).fakeYouTube.players
      .at(-1)
      ?.advertisement(2500),
  );
  await expect(student.getByText('Catching up…')).toBeVisible();
  await inStep(student);
  expect((await said(teacher))?.state).toBe(1);

  // What its owner lets nobody embed says so, with a way to see it.
  await student.evaluate(() => {
    (window as unknown as { fakeYouTube: { error: number } }).fakeYouTube.error = 150;
  });
  await link.fill('https://www.youtube.com/watch?v=aaaaaaaaaaa');
  await link.press('Enter');
  await teacher.getByRole('button', { name: 'Play for everyone', exact: true }).first().click();
  await expect(student.getByText('Its owner doesn’t let this video play outside of YouTube.')).toBeVisible();
  await expect(student.getByRole('link', { name: 'Open on YouTube' })).toHaveAttribute(
    'href',
    'https://www.youtube.com/watch?v=aaaaaaaaaaa',
  );
});

test('where the browser allows no sound yet, it plays without, and one press brings it', async ({
  browser,
  baseURL,
}) => {
  const room = await openClass(browser, baseURL ?? '');
  const teacher = await room.enter(room.actor, fakeYouTube);
  const student = await room.student('Sam Okafor', (page) => fakeYouTube(page, { refusesSound: true }));
  await panel(teacher, 'Media');
  const link = teacher.getByRole('textbox', { name: 'Paste a link' });
  await link.fill('https://youtu.be/dQw4w9WgXcQ');
  await link.press('Enter');
  await teacher.getByRole('button', { name: 'Play for everyone' }).click();
  await expect.poll(() => said(student)).toMatchObject({ state: 1, muted: true });
  await expect(teacher.getByText('1 in step, 1 without sound')).toBeVisible();
  await student.getByRole('button', { name: 'Tap for sound' }).click();
  await expect.poll(() => said(student)).toMatchObject({ state: 1, muted: false });
  await expect(teacher.getByText('2 in step')).toBeVisible();
});
