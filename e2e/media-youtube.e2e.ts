import { type Browser, expect, type Locator, type Page, test } from '@playwright/test';
import { closePages, type Fake, fakeYouTube, openMediaClass, panel, said } from './support/media-class';

test.afterEach(closePages);

/** Writes something into the field, and sends it. */
async function enter(field: Locator, text: string): Promise<void> {
  await field.fill(text);
  await field.press('Enter');
}

type Given = { browser: Browser; baseURL: string | undefined };

/** A teacher with the Media panel open, whose YouTube is the stand-in, and where they search it. */
async function openPanel({ browser, baseURL }: Given) {
  const room = await openMediaClass(browser, baseURL ?? '');
  const teacher = await room.enter(room.actor, fakeYouTube);
  await panel(teacher, 'Media');
  return { room, teacher, find: teacher.getByRole('searchbox', { name: 'Search YouTube, or paste a link' }) };
}

test('M3, on a local stand-in of YouTube’s IFrame API: a link plays for everyone, and says so where it cannot', async ({
  browser,
  baseURL,
}) => {
  const { room, teacher, find } = await openPanel({ browser, baseURL });
  const student = await room.student('Sam Okafor', fakeYouTube);
  for (const wrong of ['javascript:alert(1)', 'file:///etc/passwd', 'https://youtu.be/short']) {
    await enter(find, wrong);
    await expect(teacher.getByText('That isn’t an address of something that plays.')).toBeVisible();
  }
  await enter(find, 'https://youtu.be/dQw4w9WgXcQ?t=30');
  await teacher.getByRole('button', { name: 'Play for everyone' }).click();
  for (const page of [teacher, student]) {
    await expect.poll(async () => (await said(page))?.state).toBe(1);
    await expect.poll(async () => (await said(page))?.time).toBeGreaterThan(30);
  }
  const times = await Promise.all([said(teacher), said(student)]);
  expect(Math.abs((times[0]?.time ?? 0) - (times[1]?.time ?? 99))).toBeLessThan(1.5);

  // An advertisement is waited for by nobody else, told to the teacher, and caught up with; whichever way it shows itself.
  for (const kind of ['advertisement', 'advertisementThatPlays'] as const) {
    await student.evaluate(
      (how) =>
        (window as unknown as { fakeYouTube: { players: Fake[] } }).fakeYouTube.players.at(-1)?.[how](9000),
      kind,
    );
    await expect(student.getByText('Catching up…')).toBeVisible();
    await expect(teacher.getByText('1 in step, 1 in an advertisement')).toBeVisible();
    expect((await said(teacher))?.state).toBe(1);
    await expect(student.locator('[data-media-step="in-step"]')).toBeVisible();
    await expect(teacher.getByText('2 in step')).toBeVisible();
    const [ours, theirs] = await Promise.all([said(teacher), said(student)]);
    expect(Math.abs((ours?.time ?? 0) - (theirs?.time ?? 99))).toBeLessThan(1.5);
  }
});

test('each of YouTube’s errors is a sentence with a way to YouTube, on a local stand-in', async ({
  browser,
  baseURL,
}) => {
  const { room, teacher, find } = await openPanel({ browser, baseURL });
  const student = await room.student('Sam Okafor', fakeYouTube);
  // The stand-in is loaded with the first video.
  await enter(find, 'https://youtu.be/dQw4w9WgXcQ');
  await teacher.getByRole('button', { name: 'Play for everyone', exact: true }).first().click();
  await expect.poll(async () => (await said(student))?.state).toBe(1);
  for (const [code, sentence] of [
    [2, 'YouTube doesn’t know this video. Check the link.'],
    [5, 'YouTube’s player failed. Reload the page to try again.'],
    [100, 'This video was removed, is private, or may not be seen where you are.'],
    [101, 'Its owner doesn’t let this video play outside of YouTube.'],
    [150, 'Its owner doesn’t let this video play outside of YouTube.'],
    [153, 'YouTube refused to play here. Open the video on YouTube.'],
  ] as const) {
    const id = `aaaaaaaa${String(code).padStart(3, '0')}`;
    await student.evaluate((error) => {
      (window as unknown as { fakeYouTube: { error: number } }).fakeYouTube.error = error;
    }, code);
    await enter(find, `https://www.youtube.com/watch?v=${id}`);
    await teacher.getByRole('button', { name: 'Play for everyone', exact: true }).first().click();
    await expect(student.getByText(sentence)).toBeVisible();
    await expect(student.getByRole('link', { name: 'Open on YouTube' })).toHaveAttribute(
      'href',
      `https://www.youtube.com/watch?v=${id}`,
    );
    await expect(teacher.getByText('1 in step, 1 can’t play it')).toBeVisible({ timeout: 30_000 });
  }
  // The teacher is told in the same words.
  await teacher.evaluate(() => {
    (window as unknown as { fakeYouTube: { error: number } }).fakeYouTube.error = 150;
  });
  await enter(find, 'https://www.youtube.com/watch?v=bbbbbbbbbbb');
  await teacher.getByRole('button', { name: 'Play for everyone', exact: true }).first().click();
  await expect(teacher.getByText('Its owner doesn’t let this video play outside of YouTube.')).toBeVisible();
  await expect(teacher.getByRole('link', { name: 'Open on YouTube' })).toBeVisible();
  await expect(teacher.getByText('2 can’t play it')).toBeVisible({ timeout: 30_000 });
});

test('YouTube is searched where there is a key, on a local server that answers as its API does', async ({
  browser,
  baseURL,
}) => {
  const { teacher, find } = await openPanel({ browser, baseURL });
  const results = teacher.getByRole('region', { name: 'Found on YouTube' });
  await enter(find, 'moon');
  await expect(results.getByRole('listitem')).toHaveCount(3);
  await expect(results.getByText('12:30')).toBeVisible();
  await expect(results.getByText('Observatory · live')).toBeVisible();
  // By itself, beside the others.
  await results.getByRole('button', { name: 'The Moon’s phases & eclipses', exact: true }).click();
  await expect(
    teacher.getByRole('region', { name: 'Preview, only for you' }).locator('iframe'),
  ).toHaveAttribute('src', /aaaaaaaaaa1/);
  await results.getByRole('button', { name: 'Add “Why the Moon shows one face” to the queue' }).click();
  await expect(teacher.getByRole('region', { name: 'Up next' }).getByText('Why the Moon')).toBeVisible();
  await results.getByRole('button', { name: 'Play “The Moon’s phases & eclipses” for everyone' }).click();
  await expect.poll(async () => (await said(teacher))?.state).toBe(1);

  // A pasted one gets its title.
  await enter(find, 'https://youtu.be/aaaaaaaaaa2');
  await expect(
    teacher.getByRole('region', { name: 'Preview, only for you' }).getByText('Why the Moon shows one face'),
  ).toBeVisible();

  await enter(find, 'xyzzy');
  await expect(teacher.getByText('YouTube found nothing for that. Try other words.')).toBeVisible();
  await enter(find, 'quota');
  await expect(
    teacher.getByText('YouTube takes no more searches today. Paste a video’s link instead.'),
  ).toBeVisible();
});

test('where the browser allows no sound yet, it plays without, and one press brings it', async ({
  browser,
  baseURL,
}) => {
  const { room, teacher, find } = await openPanel({ browser, baseURL });
  const student = await room.student('Sam Okafor', (page) => fakeYouTube(page, { refusesSound: true }));
  await enter(find, 'https://youtu.be/dQw4w9WgXcQ');
  await teacher.getByRole('button', { name: 'Play for everyone' }).click();
  await expect.poll(() => said(student)).toMatchObject({ state: 1, muted: true });
  await expect(teacher.getByText('1 in step, 1 without sound')).toBeVisible();
  await student.getByRole('button', { name: 'Tap for sound' }).click();
  await expect.poll(() => said(student)).toMatchObject({ state: 1, muted: false });
  await expect(teacher.getByText('2 in step')).toBeVisible();
});

test('M5: a student who may present has the teacher’s controls, by the keys of every player too', async ({
  browser,
  baseURL,
}) => {
  const { room, teacher } = await openPanel({ browser, baseURL });
  const presenter = await room.student('Pia Present', fakeYouTube, 'presenter');
  await panel(presenter, 'Media');
  const find = presenter.getByRole('searchbox', { name: 'Search YouTube, or paste a link' });
  const queued = presenter.getByRole('region', { name: 'Up next' }).getByRole('listitem');
  const addToQueue = async () => {
    await enter(find, 'https://youtu.be/aaaaaaaaaa1');
    await presenter.getByRole('button', { name: 'Add to queue' }).click();
    await expect(queued).toHaveCount(1);
  };
  // A queue that was made while nothing plays is played from.
  await addToQueue();
  await queued.getByRole('button', { name: /^Play “/ }).click();
  await expect(teacher.locator('[data-youtube="aaaaaaaaaa1"]')).toBeAttached();
  await expect(queued).toHaveCount(0);
  await addToQueue();
  await enter(find, 'https://youtu.be/dQw4w9WgXcQ?t=30');
  await presenter.getByRole('button', { name: 'Play for everyone', exact: true }).last().click();
  const state = () => expect.poll(async () => (await said(teacher))?.state);
  const time = async (page: Page) => (await said(page))?.time ?? 0;
  await expect(teacher.locator('[data-youtube="dQw4w9WgXcQ"]')).toBeAttached();
  await state().toBe(1);
  await presenter.keyboard.press('k');
  await state().toBe(2);
  await expect(teacher.getByRole('button', { name: 'Play for everyone', exact: true })).toBeVisible();
  const from = await time(teacher);
  expect(from).toBeGreaterThan(29);
  for (const [key, seconds] of [
    ['l', 10],
    ['j', 0],
    ['ArrowRight', 5],
    ['ArrowLeft', 0],
  ] as const) {
    await presenter.keyboard.press(key);
    // A step is counted from where the room is known to be.
    for (const page of [teacher, presenter])
      await expect.poll(() => time(page)).toBeCloseTo(from + seconds, 0);
  }
  // Space is the player's where the player was pressed last, and holds to speak elsewhere.
  await presenter.locator('[data-media-step]').focus();
  await presenter.keyboard.press(' ');
  await state().toBe(1);
  await presenter.getByRole('combobox', { name: 'Speed' }).selectOption('2');
  await expect.poll(async () => (await said(teacher))?.rate).toBe(2);
  await presenter.getByRole('button', { name: 'Next' }).click();
  await expect(teacher.locator('[data-youtube="aaaaaaaaaa1"]')).toBeAttached();
  await presenter.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(teacher.locator('[data-media-step]')).toHaveCount(0);
});
