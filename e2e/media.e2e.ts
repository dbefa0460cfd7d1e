import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { makeTimeCodedVideo } from './fixtures/video';
import { type Beep, beepsApart, takeBeeps, watchBeeps } from './support/beeps';
import { closePages, openMediaClass, panel } from './support/media-class';
import { medianApart, type Sample, takeSamples } from './support/time-code';

test.afterEach(closePages);

let folder: string;
let film: string;
test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lectern-media-'));
  film = path.join(folder, 'Film.mp4');
  await makeTimeCodedVideo(film, 40);
});
test.afterAll(() => rm(folder, { recursive: true, force: true }));

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

test('M3: a film plays at the same moment for everyone, by its own pictures and beeps: pause, seek, speed, late join, reload', async ({
  browser,
  baseURL,
}) => {
  const room = await openMediaClass(browser, baseURL ?? '');
  const teacher = await room.enter(room.actor);
  const first = await room.student('Sam Okafor', watchBeeps);
  await uploadFilm(teacher);
  await teacher.getByRole('button', { name: 'Play “Film.mp4” for everyone' }).click();
  await untilFilm(first, (ms) => ms > 1000);
  // Who comes late is at the same place.
  const second = await room.student('Ada Lund', watchBeeps);
  await untilFilm(second, (ms) => ms > 1000);
  await inStep(second);
  await Promise.all([takeSamples(first), takeSamples(second)]);
  await untilFilm(teacher, (ms) => ms > 6000);
  await expect.poll(() => medianApart(first, second), { timeout: 30_000 }).toBeLessThan(250);

  // The same by ear: each beep says by its pitch which one it is.
  const heard: [Beep[], Beep[]] = [[], []];
  const beeps = async () => {
    heard[0].push(...(await takeBeeps(first)));
    heard[1].push(...(await takeBeeps(second)));
    return beepsApart(...heard).toSorted((x, y) => x - y);
  };
  const heardApart = async () => {
    const found = await beeps();
    return found.length > 3 ? found[Math.floor(found.length / 2)] : Number.NaN;
  };
  await expect.poll(heardApart).toBeLessThan(250);

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
