import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { uploadFile } from '../scripts/upload-file';
import { makeMedia } from '../server/adapters/transcode/media-fixture';
import { makeTimeCodedVideo } from './fixtures/video';
import { closePages, dragTo, openMediaClass, panel } from './support/media-class';
import { medianApart } from './support/time-code';

test.afterEach(closePages);

let folder: string;
test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lectern-media-files-'));
});
test.afterAll(() => rm(folder, { recursive: true, force: true }));

type Room = Awaited<ReturnType<typeof openMediaClass>>;

/** Puts a file into the teacher's library and waits until it plays, or begins to. */
async function put({ actor }: Room, appUrl: string, file: string): Promise<string> {
  const name = path.basename(file);
  const bytes = await readFile(file);
  const documentId = await uploadFile(appUrl, actor, { name, bytes, mimeType: 'application/octet-stream' });
  await expect
    .poll(
      async () =>
        (await actor.trpc.documents.playable.query()).files.find(({ id }) => id === documentId)?.plays,
      {
        timeout: 60_000,
      },
    )
    .toBe(true);
  return name;
}

async function play(teacher: Page, name: string): Promise<void> {
  const button = teacher.getByRole('button', { name: `Play “${name}” for everyone` });
  if (!(await button.isVisible())) await panel(teacher, 'Media');
  await button.click();
}

const inStep = (page: Page) =>
  expect(page.locator('[data-media-step="in-step"]')).toBeVisible({ timeout: 30_000 });
const video = (page: Page) => page.locator('[data-media-step] video');
const at = (page: Page) => video(page).evaluate((element) => (element as HTMLVideoElement).currentTime);

test('M9: a film that no browser plays is played while it is made: what is not made yet is waited for, and plays by itself', async ({
  browser,
  baseURL,
}) => {
  const appUrl = baseURL ?? '';
  const room = await openMediaClass(browser, appUrl);
  const coded = path.join(folder, 'coded.mp4');
  await makeTimeCodedVideo(coded, 60);
  // In a container that no browser takes: its pictures stay as they are.
  const name = await put(room, appUrl, await makeMedia(folder, 'Film.mkv', ['-i', coded, '-c', 'copy']));
  const teacher = await room.enter(room.actor);
  // As if it was made slowly: the student's list of parts ends after two, until it is said that there are more.
  let whole = false;
  const student = await room.student('Sam Okafor', async (page) => {
    await page.route(/\/p\/.*\.m3u8/, async (route) => {
      const response = await route.fetch();
      const text = await response.text();
      const cut = text.split('#EXTINF').slice(0, 3).join('#EXTINF');
      await route.fulfill({
        response,
        body: whole ? text : cut,
        headers: { ...response.headers(), 'cache-control': 'no-store' },
      });
    });
  });
  await play(teacher, name);
  expect(await medianApart(teacher, student)).toBeLessThan(250);

  // Beyond the two parts.
  await dragTo(teacher, 40_000);
  await expect(student.getByText('This part of “Film.mkv” is still being converted.')).toBeVisible();
  await expect(student.getByText('Still being converted', { exact: true })).toBeVisible();
  await inStep(teacher);
  await expect(teacher.getByText('1 in step, 1 buffering')).toBeVisible({ timeout: 30_000 });
  whole = true;
  await expect.poll(() => at(student), { timeout: 30_000 }).toBeGreaterThan(40);
  await inStep(student);
  await expect(student.getByText('This part of')).toHaveCount(0);
});

test('sound without pictures shows how it sounds, pictures without sound play, and captions are everybody’s own choice', async ({
  browser,
  baseURL,
}) => {
  const appUrl = baseURL ?? '';
  const room = await openMediaClass(browser, appUrl);
  const subtitles = path.join(folder, 'words.srt');
  await writeFile(subtitles, '1\n00:00:00,000 --> 00:00:20,000\nThe Moon turns.\n');
  const silent = ['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=25:d=20'];
  const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];
  const song = await put(
    room,
    appUrl,
    await makeMedia(folder, 'Song.mp3', ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=20']),
  );
  const mute = await put(room, appUrl, await makeMedia(folder, 'Silent.mp4', [...silent, ...h264]));
  const worded = await put(
    room,
    appUrl,
    await makeMedia(folder, 'Words.mkv', [
      ...[...silent, '-i', subtitles, ...h264, '-c:s', 'srt', '-metadata:s:s:0', 'language=eng'],
    ]),
  );
  const teacher = await room.enter(room.actor);
  const student = await room.student('Sam Okafor');

  await play(teacher, song);
  for (const page of [teacher, student]) await expect.poll(() => at(page)).toBeGreaterThan(0.5);
  await expect(student.locator('[data-media-step] svg rect').first()).toBeVisible({ timeout: 30_000 });

  await play(teacher, mute);
  for (const page of [teacher, student]) await expect.poll(() => at(page)).toBeGreaterThan(0.5);
  await inStep(student);

  await play(teacher, worded);
  for (const page of [teacher, student]) await expect.poll(() => at(page)).toBeGreaterThan(0.5);
  const captions = student.getByRole('combobox', { name: 'Captions' });
  await expect(captions).toBeVisible({ timeout: 30_000 });
  const words = (page: Page) =>
    video(page).evaluate((element) =>
      [...(element as HTMLVideoElement).textTracks].flatMap((track) =>
        track.mode === 'showing' ? [...(track.activeCues ?? [])].map((cue) => (cue as VTTCue).text) : [],
      ),
    );
  expect(await words(student)).toEqual([]);
  await captions.selectOption({ index: 1 });
  await expect.poll(() => words(student)).toEqual(['The Moon turns.']);
  expect(await words(teacher)).toEqual([]);
  await captions.selectOption('Captions off');
  await expect.poll(() => words(student)).toEqual([]);
});

test('files that cannot be reached while they play: it says so, and goes on by itself where everybody is', async ({
  browser,
  baseURL,
}) => {
  const appUrl = baseURL ?? '';
  const room = await openMediaClass(browser, appUrl);
  const coded = path.join(folder, 'long.mp4');
  await makeTimeCodedVideo(coded, 120);
  const name = await put(room, appUrl, await makeMedia(folder, 'Long.mkv', ['-i', coded, '-c', 'copy']));
  const teacher = await room.enter(room.actor);
  let away = false;
  const files = new RegExp(`^${new URL(process.env.LECTERN_FILES_URL ?? '').origin}/`);
  const cutOff = async (page: Page): Promise<void> => {
    await page.route(files, (route) => (away ? route.abort('connectionrefused') : route.continue()));
  };
  const student = await room.student('Sam Okafor', cutOff);
  await play(teacher, name);
  await expect.poll(() => at(student)).toBeGreaterThan(1);
  away = true;
  const late = await room.student('Ada Lund', cutOff);
  const sentence = '“Long.mkv” can’t be reached right now. It goes on by itself when it is back.';
  await expect(late.getByText(sentence)).toBeVisible({ timeout: 30_000 });
  // Beyond what the student's player holds already.
  await dragTo(teacher, 90_000);
  await expect(student.getByText(sentence)).toBeVisible({ timeout: 30_000 });
  away = false;
  for (const page of [student, late]) {
    await expect.poll(() => at(page), { timeout: 30_000 }).toBeGreaterThan(90);
    await inStep(page);
    await expect(page.getByText(sentence)).toHaveCount(0);
  }
});

test('captions are put to a film, chosen by who watches it, and taken off again', async ({
  browser,
  baseURL,
}) => {
  const appUrl = baseURL ?? '';
  const room = await openMediaClass(browser, appUrl);
  const silent = [
    '-f',
    'lavfi',
    '-i',
    'testsrc2=s=320x180:r=25:d=30',
    '-c:v',
    'libx264',
    '-pix_fmt',
    'yuv420p',
  ];
  const name = await put(room, appUrl, await makeMedia(folder, 'Moon.mp4', silent));
  const files = {
    words: path.join(folder, 'Anything.de.srt'),
    text: path.join(folder, 'notes.txt'),
    nothing: path.join(folder, 'nothing.srt'),
  };
  await writeFile(files.words, '1\n00:00:00,000 --> 00:00:30,000\nDer Mond geht auf.\n');
  await writeFile(files.text, 'Der Mond geht auf.');
  await writeFile(files.nothing, 'Der Mond geht auf.');
  const teacher = await room.enter(room.actor);
  await panel(teacher, 'Media');
  await teacher.getByRole('button', { name: `Captions of “${name}”` }).click();
  const dialog = teacher.getByRole('dialog', { name: `Captions of “${name}”` });
  await expect(dialog.getByText('No captions yet.')).toBeVisible();
  const add = async (file: string) => {
    const chooser = teacher.waitForEvent('filechooser');
    await dialog.getByRole('button', { name: 'Add captions…' }).click();
    await (await chooser).setFiles(file);
  };
  await add(files.text);
  await expect(dialog.getByText('This is no file of captions.')).toBeVisible();
  await add(files.nothing);
  await expect(dialog.getByRole('alert')).toHaveText(/No line of words|This is no file of captions/, {
    timeout: 30_000,
  });
  await add(files.words);
  await expect(dialog.getByRole('listitem')).toHaveText('Deutsch', { timeout: 30_000 });
  await dialog.getByRole('button', { name: 'Close' }).click();

  const student = await room.student('Sam Okafor');
  await play(teacher, name);
  const captions = student.getByRole('combobox', { name: 'Captions' });
  await captions.selectOption('Deutsch');
  const words = () =>
    video(student).evaluate((element) =>
      [...(element as HTMLVideoElement).textTracks].flatMap((track) =>
        [...(track.activeCues ?? [])].map((cue) => (cue as VTTCue).text),
      ),
    );
  await expect.poll(words).toEqual(['Der Mond geht auf.']);

  await teacher.getByRole('button', { name: `Captions of “${name}”` }).click();
  await dialog.getByRole('button', { name: 'Remove “Deutsch”' }).click();
  await expect(dialog.getByText('No captions yet.')).toBeVisible();
});
