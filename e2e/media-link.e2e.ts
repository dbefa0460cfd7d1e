import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { takeFreePorts } from '../scripts/stack/ports';
import { makeMedia } from '../server/adapters/transcode/media-fixture';
import { makeTimeCodedVideo } from './fixtures/video';
import { closePages, dragTo, openMediaClass, panel } from './support/media-class';
import { medianApart } from './support/time-code';
import { startWebProcess, type WebProcess } from './support/web-process';

test.afterEach(closePages);

/** Somebody else's server, in the installation's own network, and a Lectern that may play from there. */
let folder: string;
let elsewhere: Server;
let web: WebProcess;
let appUrl: string;
let filmUrl: string;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lectern-media-link-'));
  const film = path.join(folder, 'film.mp4');
  await makeTimeCodedVideo(film, 40);
  const parts = ['-c', 'copy', '-hls_time', '4', '-hls_playlist_type', 'vod'];
  await makeMedia(folder, 'film.m3u8', ['-i', film, ...parts]);
  elsewhere = createServer(
    (request, response) => void serve(request.url ?? '', request.headers.range, response),
  );
  elsewhere.listen(0, '127.0.0.1');
  await once(elsewhere, 'listening');
  filmUrl = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/film`;
  const [port = 0] = await takeFreePorts(1);
  appUrl = `http://localhost:${port}`;
  const settings = { LECTERN_URL: appUrl, LECTERN_PRIVATE_LINKS: '1' };
  web = await startWebProcess(path.join(folder, 'web.log'), port, settings);
});
test.afterAll(async () => {
  await web.running.stop();
  elsewhere.closeAllConnections();
  elsewhere.close();
  await rm(folder, { recursive: true, force: true });
});

async function serve(url: string, range: string | undefined, response: ServerResponse) {
  const file = path.join(folder, path.basename(url));
  const found = await stat(file).catch(() => null);
  if (!found) return void response.writeHead(404).end();
  const [, from = '0', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
  const [start, end] = [Number(from), Math.min(Number(to || found.size), found.size - 1)];
  response.writeHead(range ? 206 : 200, {
    'access-control-allow-origin': '*',
    'accept-ranges': 'bytes',
    'content-length': end - start + 1,
    ...(range && { 'content-range': `bytes ${start}-${end}/${found.size}` }),
  });
  createReadStream(file, { start, end }).pipe(response);
}

const at = (page: Page) =>
  page.locator('[data-media-step] video').evaluate((video) => (video as HTMLVideoElement).currentTime);

test('an HLS address and a film’s own address play for everyone, in step, from another server', async ({
  browser,
}) => {
  const room = await openMediaClass(browser, appUrl);
  const teacher = await room.enter(room.actor);
  const student = await room.student('Sam Okafor');
  await panel(teacher, 'Media');
  const paste = async (url: string) => {
    const link = teacher.getByRole('searchbox').or(teacher.getByRole('textbox', { name: 'Paste a link' }));
    await link.fill(url);
    await link.press('Enter');
    await teacher.getByRole('button', { name: 'Play for everyone', exact: true }).last().click();
  };
  await paste(`${filmUrl}.m3u8`);
  expect(await medianApart(teacher, student)).toBeLessThan(250);
  // Its length is known, so that everybody jumps within it.
  await dragTo(teacher, 30_000);
  for (const page of [teacher, student]) await expect.poll(() => at(page)).toBeGreaterThan(30);

  await paste(`${filmUrl}.mp4`);
  for (const page of [teacher, student]) {
    await expect(page.getByRole('group', { name: 'film.mp4' })).toBeVisible();
    await expect.poll(() => at(page)).toBeGreaterThan(1);
    await expect(page.locator('[data-media-step="in-step"]')).toBeVisible();
  }
  const [ours, theirs] = await Promise.all([at(teacher), at(student)]);
  expect(Math.abs(ours - theirs)).toBeLessThan(1);

  // What is not there is said to who pastes it, and changes nothing.
  await paste(`${filmUrl}.mkv`);
  await expect(
    teacher.getByText('Nothing answers at this address. Check it, or upload the file instead.'),
  ).toBeVisible();
  await expect(student.getByRole('group', { name: 'film.mp4' })).toBeVisible();
});
