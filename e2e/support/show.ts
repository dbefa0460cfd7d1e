import { type Browser, expect, type Page } from '@playwright/test';
import sharp from 'sharp';
import { uploadFile } from '../../scripts/upload-file';
import type { CommandBody } from '@/room/commands';
import { type Actor, signUpActor } from '../../scripts/actor';
import { enter, type Someone } from './board';
import { openBrowser, prepareClass } from './class';

export type ShownClass = {
  teacher: Someone;
  student: Someone;
  roomId: string;
  slug: string;
  documentIds: string[];
};

/** A teacher and an enrolled student in a live class, with documents open; the first one is on the stage. */
export async function openClassWithDocuments(
  browser: Browser,
  appUrl: string,
  files: readonly { name: string; bytes: Buffer }[],
  viewport = { width: 1440, height: 900 },
): Promise<ShownClass> {
  const { teacher: owner, courseId, lessonId, slug } = await prepareClass(appUrl);
  const { roomId } = (await owner.trpc.classroom.open.query({ slug })).opening;
  const teacher: Someone = { actor: owner, ...(await openBrowser(browser, owner)) };
  await teacher.page.goto(`/room/${slug}`);
  await teacher.page.getByRole('status', { name: 'Connected' }).waitFor();
  await owner.trpc.lessons.start.mutate({ lessonId });
  const documentIds: string[] = [];
  for (const file of files) documentIds.push(await openDocument(appUrl, owner, roomId, file));
  const [first] = documentIds;
  if (first) await command(owner, roomId, showing(first));
  await enter(teacher.page, slug);
  const actor = await signUpActor(appUrl, 'Sam Okafor');
  await owner.trpc.courses.enrol.mutate({ courseId, email: actor.email, role: 'student' });
  const student: Someone = { actor, ...(await openBrowser(browser, actor)) };
  await student.page.setViewportSize(viewport);
  await enter(student.page, slug);
  return { teacher, student, roomId, slug, documentIds };
}

export function showing(documentId: string): CommandBody {
  return { type: 'stage.show', payload: { stage: { kind: 'document', documentId } } };
}

/** Uploads a file and opens it in the room as soon as it can be. */
export async function openDocument(
  appUrl: string,
  actor: Actor,
  roomId: string,
  file: { name: string; bytes: Buffer },
): Promise<string> {
  const documentId = await uploadFile(appUrl, actor, file);
  await expect
    .poll(() => tryCommand(actor, roomId, { type: 'document.open', payload: { documentId } }), {
      timeout: 60_000,
    })
    .toBe('ok');
  return documentId;
}

async function tryCommand(actor: Actor, roomId: string, body: CommandBody): Promise<string> {
  const commands = [{ id: crypto.randomUUID(), ...body }];
  const [result] = (await actor.trpc.rooms.send.mutate({ roomId, commands })).results;
  return result?.ok ? 'ok' : (result?.code ?? 'nothing');
}

export async function command(actor: Actor, roomId: string, body: CommandBody): Promise<void> {
  expect(await tryCommand(actor, roomId, body)).toBe('ok');
}

/** The page that is shown, by its name: its picture, or what pdf.js draws of it, lies where this is. */
export function shownPage(page: Page) {
  return page.locator('[data-document]').getByRole('img', { name: /^Page \d+$/ });
}

export async function shownNumber(page: Page): Promise<string> {
  return (await shownPage(page).getAttribute('aria-label')) ?? '';
}

/**
 * Red, green and blue of a spot of the shown page as it is painted on this screen, by fractions of the page as it lies there.
 */
export async function paintAt(page: Page, x: number, y: number): Promise<[number, number, number]> {
  const box = await shownPage(page).boundingBox();
  if (!box) return [0, 0, 0];
  const clip = { x: box.x + x * box.width - 3, y: box.y + y * box.height - 3, width: 6, height: 6 };
  const { channels } = await sharp(await page.screenshot({ clip })).stats();
  const [red = 0, green = 0, blue = 0] = channels.map((channel) => Math.round(channel.mean));
  return [red, green, blue];
}

/** Where the shown page lies within the stage, in fractions of the page: what of it is seen. */
export async function seenPart(page: Page) {
  const box = await shownPage(page).boundingBox();
  const stage = await page.locator('[data-document]').boundingBox();
  if (!box || !stage) throw new Error('There is no page on the stage');
  const left = Math.max(0, (stage.x - box.x) / box.width);
  const top = Math.max(0, (stage.y - box.y) / box.height);
  return {
    left,
    top,
    right: Math.min(1, (stage.x + stage.width - box.x) / box.width),
    bottom: Math.min(1, (stage.y + stage.height - box.y) / box.height),
    stage,
    box,
  };
}
