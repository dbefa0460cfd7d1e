import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { signUpActor } from '../scripts/actor';
import { enterRoom, makePerson, startClass } from './support/people';
import { openRoomLog } from './support/room-client';
import { command } from './support/show';

/** Letters tell them apart: an address is made of a name’s. */
const names = Array.from('ABCDEFGHIJKLMNOPQRSTUVWX', (letter) => `Student ${letter}`);

test('a phone sweeps through the faces of a full class, and holds those that are seen', async ({
  browser,
  baseURL,
}) => {
  const url = baseURL ?? '';
  const teacher = await makePerson(browser, 'Tess Faces');
  const live = await startClass(teacher);
  const logs = await Promise.all(
    names.map(async (name) => {
      const student = await signUpActor(url, name);
      await teacher.api.courses.enrol.mutate({
        courseId: live.courseId,
        email: student.email,
        role: 'student',
      });
      const log = await openRoomLog(student, live.slug, () => [url]);
      log.connect();
      return log;
    }),
  );
  await command(teacher, live.roomId, {
    type: 'board.open',
    payload: { boardId: `board:${randomUUID()}`, title: 'Sketch' },
  });
  await teacher.page.setViewportSize({ width: 390, height: 844 });
  await enterRoom(teacher, live.slug, 'Join as listener');

  const strip = teacher.page.getByRole('region', { name: 'Faces' });
  const faces = strip.getByRole('figure');
  await expect(strip.getByRole('figure', { name: 'Tess Faces' })).toBeVisible();
  await expect
    .poll(() => strip.evaluate((element) => element.scrollWidth))
    .toBe((names.length + 1) * 120 + 8);
  const length = await strip.evaluate((element) => element.scrollWidth);
  expect(await faces.count()).toBeLessThan(10);

  const met = new Set<string>();
  for (let at = 0; at <= length; at += 240) {
    await strip.evaluate((element, left) => element.scrollTo({ left }), at);
    // No empty place is seen: the last face that is there reaches to the edge, or is the last of all.
    await expect
      .poll(async () => {
        const last = await faces.last().boundingBox();
        return (last?.x ?? 0) + (last?.width ?? 0);
      })
      .toBeGreaterThanOrEqual(374);
    for (const face of await faces.all()) met.add((await face.getAttribute('aria-label')) ?? '');
    expect(await faces.count()).toBeLessThan(10);
  }
  expect([...met].toSorted()).toEqual([...names, 'Tess Faces'].toSorted());
  for (const log of logs) log.close();
});
