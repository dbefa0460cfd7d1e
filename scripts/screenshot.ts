import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import sharp from 'sharp';
import { Temporal } from 'temporal-polyfill';
import { type Actor, signUpActor } from './actor';
import { chromiumPath } from './chromium';
import { moonSlides } from './screenshot-slides';
import { root } from './stack/folders';

/**
 * `npm run screenshot -- [address]`: holds a small class on a running Lectern (http://localhost:3000, or the address) and
 * takes the pictures that the README and the landing page show, light and dark.
 */
const appUrl = process.argv[2] ?? 'http://localhost:3000';
const folder = path.join(root, 'public', 'images');
const SCHEMES = ['light', 'dark'] as const;
const VIEWPORT = { width: 1440, height: 900 };
const STUDENTS = ['Sam Okafor', 'Ines Falk', 'Mira Tan'];

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: chromiumPath(),
  args: [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    '--autoplay-policy=no-user-gesture-required',
  ],
});
try {
  const { teacher, slug } = await holdClass(browser);
  for (const scheme of SCHEMES) {
    await teacher.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    const picture = await teacher.screenshot({ animations: 'disabled' });
    const file = path.join(folder, `classroom-${scheme}.webp`);
    await sharp(picture).webp({ quality: 82 }).toFile(file);
    console.log(path.relative(root, file));
  }
  await teacher.getByRole('button', { name: 'End class for all' }).click();
  console.log(`The class was held in ${appUrl}/room/${slug}.`);
} finally {
  await browser.close();
}

/** A class with its slides on the stage, marks on them, people and a chat; resolves with the teacher's page. */
async function holdClass(browser: Browser): Promise<{ teacher: Page; slug: string }> {
  const tessa = await signUpActor(appUrl, 'Tessa Lind');
  const course = await tessa.trpc.courses.create.mutate({
    title: 'Introduction to Astronomy',
    description: '',
  });
  const start = Temporal.Now.plainDateTimeISO('UTC').add({ minutes: 5 }).round('minute');
  const { lessonId } = await tessa.trpc.lessons.schedule.mutate({
    courseId: course.id,
    title: 'The Moon and its faces',
    startsAt: start.toString({ smallestUnit: 'minute' }),
    timeZone: 'UTC',
    durationMinutes: 60,
  });
  await tessa.trpc.lessons.start.mutate({ lessonId });
  const slug = course.roomSlug;
  const teacher = await enter(browser, tessa, slug, 'Join');
  await showSlides(browser, teacher);
  const students: Page[] = [];
  for (const name of STUDENTS) {
    const actor = await signUpActor(appUrl, name);
    await tessa.trpc.courses.enrol.mutate({ courseId: course.id, email: actor.email, role: 'student' });
    students.push(await enter(browser, actor, slug, 'Join as listener'));
  }
  const [sam, ines] = students;
  if (sam) await say(sam, 'So half of it is always lit?');
  await say(teacher, 'Always. What changes is how much of that half we see.');
  if (ines) await say(ines, 'And new moon is when we look at the dark half');
  await draw(teacher);
  // The test picture of a browser without a camera is nothing to show: by now it is on, and goes off.
  await teacher.getByRole('button', { name: 'Turn camera off' }).click();
  await teacher.locator('figure video').first().waitFor({ state: 'hidden' });
  await teacher.mouse.move(720, 10);
  await teacher.getByRole('tooltip').waitFor({ state: 'hidden' });
  return { teacher, slug };
}

async function enter(browser: Browser, actor: Actor, slug: string, by: string): Promise<Page> {
  const context = await browser.newContext({
    storageState: await actor.storageState(),
    viewport: VIEWPORT,
    deviceScaleFactor: 1,
    permissions: ['camera', 'microphone'],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(90_000);
  await page.goto(`${appUrl}/room/${slug}`);
  await page.getByRole('button', { name: by, exact: true }).click();
  await page.getByRole('button', { name: 'Leave' }).waitFor();
  return page;
}

async function showSlides(browser: Browser, teacher: Page): Promise<void> {
  const buffer = await moonSlides(browser);
  await teacher.getByRole('button', { name: 'Documents', exact: true }).click();
  await teacher
    .locator('input[type=file]')
    .setInputFiles({ name: 'Moon phases.pdf', mimeType: 'application/pdf', buffer });
  await teacher.getByRole('button', { name: 'Show to everyone' }).click();
  await teacher.getByRole('button', { name: 'Next page' }).click();
  await stagePage(teacher).waitFor();
}

function stagePage(page: Page) {
  return page.locator('[data-document][data-page="2"]');
}

async function say(page: Page, text: string): Promise<void> {
  const field = page.getByLabel('Write a message');
  if (!(await field.isVisible())) await page.getByRole('button', { name: 'Chat', exact: true }).click();
  await field.fill(text);
  await field.press('Enter');
  await page.getByText(text).first().waitFor();
}

/** A ring around the new moon and an arrow to it, by hand. */
async function draw(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Pen', exact: true }).click();
  const box = await stagePage(page).boundingBox();
  if (!box) throw new Error('There is no page on the stage.');
  const at = (x: number, y: number): [number, number] => [box.x + box.width * x, box.y + box.height * y];
  const ring = Array.from({ length: 40 }, (_, step) => {
    const angle = -1.9 + (step / 38) * Math.PI * 2;
    return at(0.163 + Math.cos(angle) * 0.067, 0.518 + Math.sin(angle) * 0.112);
  });
  await stroke(page, ring);
  await stroke(page, [at(0.33, 0.8), at(0.285, 0.74), at(0.232, 0.645)]);
  await stroke(page, [at(0.268, 0.655), at(0.232, 0.645), at(0.236, 0.71)]);
  await page.mouse.move(...at(0.5, 0.97));
}

async function stroke(page: Page, points: [number, number][]): Promise<void> {
  const [first, ...rest] = points;
  if (!first) return;
  await page.mouse.move(...first);
  await page.mouse.down();
  for (const point of rest) await page.mouse.move(...point, { steps: 4 });
  await page.mouse.up();
}
