import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import { mailboxMailer } from '../adapters/mail/mailbox';
import type { App } from '../app';
import { createCourse, enrol } from '../courses/service';
import { createUser } from '../identity/service';
import { createQueues } from '../jobs/queue-fixture';
import { cancelLessons } from '../lessons/editing';
import { scheduleLesson } from '../lessons/service';
import { mailboxStore } from '../mail/queries';
import * as mail from '../mail/service';
import { writeMail } from '../mail/write';
import { testApp } from '../testing';
import { askForLink, mailLinks } from './lost-link';
import * as links from './service';

let database: TestDatabase;
let app: App;
beforeAll(async () => {
  database = await createTestDatabase();
  await createQueues(database, ['mail-send', 'lost-link']);
  app = testApp(database, { LECTERN_PROXIES: 1 });
});
beforeEach(() => database.sql`delete from rate_limits`);
afterAll(() => database.drop());

const nobody = { viewer: { kind: 'anonymous' as const }, headers: new Headers() };
const from = (address: string) => new Headers({ 'x-forwarded-for': address });
const person = (name: string) =>
  createUser(app, { email: `${randomUUID()}@example.org`, name, password: 'a few plain words' });

async function world() {
  const [teacher, student] = [await person('Ada'), await person('Sam')];
  const course = async (title: string) => {
    const { id: courseId } = await createCourse(app, teacher.id, { title, description: '' });
    await enrol(app, teacher.id, { courseId, email: student.email, role: 'student' });
    const lesson = async (name: string, days: number) => {
      const startsAt = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 16);
      const wish = { courseId, title: name, startsAt, timeZone: 'UTC', durationMinutes: 45 };
      return (await scheduleLesson(app, teacher.id, wish)).lessonId;
    };
    return { courseId, lesson };
  };
  return { teacher, student, course };
}

/** What the job finds that was asked for last, as the worker gets it. */
async function work() {
  const [job] = await database.sql<{ data: { id: string; email: string; about: string | null } }[]>`
    select data from pgboss.job where name = 'lost-link' order by created_on desc limit 1`;
  if (!job) throw new Error('Nothing was asked for');
  // It may run twice.
  await mailLinks(app, job.data);
  await mailLinks(app, job.data);
  const { signal } = new AbortController();
  await mail.sendDueMails({ app, mailer: mailboxMailer(mailboxStore(app.db)), write: writeMail, signal });
}
const mailsTo = async (address: string) =>
  Promise.all(
    (await mail.readMailbox(app, address)).map((line) => mail.readMailboxMail(app, line.messageId)),
  );
const ask = (email: string, token = 'nonsense', headers = from('192.0.2.1')) =>
  askForLink(app, { email, token }, headers);
const tokensIn = (text: string) =>
  [...text.matchAll(/\/join\/(p\.[\w-]{22}\.[\w-]{32})/g)].map((match) => match[1] ?? '');

it('gives one answer whether anybody has the address or not, and writes to nobody who is a stranger', async () => {
  const { student } = await world();
  expect(await ask(student.email)).toEqual(await ask('stranger@example.org'));
  const jobs = await database.sql<
    { n: number }[]
  >`select count(*)::int as n from pgboss.job where name = 'lost-link'`;
  expect(jobs).toEqual([{ n: 2 }]);
  await work();
  expect(await database.sql`select to_address from mails`).toEqual([]);
});

it('brings the links of the course whose link was lost, once, and they let them in as themselves', async () => {
  const { teacher, student, course } = await world();
  const [botany, optics] = [await course('Botany'), await course('Optics')];
  const lessonId = await botany.lesson('Leaves', 2);
  await optics.lesson('Lenses', 1);
  const link = await links.createPersonalLink(app, teacher.id, { lessonId, name: 'Sam', userId: student.id });
  const lost = link.url.split('/join/')[1] ?? '';
  await links.revokePersonalLink(app, teacher.id, { lessonId, linkId: link.id });
  await ask(student.email, lost);
  await work();
  const [got, ...more] = await mailsTo(student.email);
  expect(more).toEqual([]);
  expect(got?.subject).toBe('Your link to “Leaves”');
  const [token = '', ...others] = [...new Set(tokensIn(got?.text ?? ''))];
  expect(others).toEqual([]);
  expect(token).not.toBe(lost);
  expect(await links.readDoor(app, token, nobody)).toMatchObject({ title: 'Leaves', personName: 'Sam' });
  // Nothing that lets somebody in is stored, and it is a mail that nobody switches off.
  const [kept] = await database.sql<
    { data: string }[]
  >`select data::text from mails where to_address = ${student.email}`;
  expect(kept?.data).not.toContain('/join/');
  expect(got?.headers).not.toHaveProperty('List-Unsubscribe');
});

it('brings all that comes next to who had a link that is none, and the room’s address to a teacher', async () => {
  const { teacher, student, course } = await world();
  await (await course('Botany')).lesson('Leaves', 2);
  await (await course('Optics')).lesson('Lenses', 1);
  await ask(student.email);
  await work();
  const [got] = await mailsTo(student.email);
  expect(got?.subject).toBe('Your links to 2 lessons');
  expect(new Set(tokensIn(got?.text ?? '')).size).toBe(2);
  await ask(teacher.email);
  await work();
  const [theirs] = await mailsTo(teacher.email);
  expect(theirs?.text).toMatch(/\/room\/optics-/);
  expect(tokensIn(theirs?.text ?? '')).toEqual([]);
});

it('says that the lesson was called off whose link it was, at the door and in the mail', async () => {
  const { teacher, student, course } = await world();
  const lessonId = await (await course('Botany')).lesson('Leaves', 2);
  const { url } = await links.readLessonLink(app, teacher.id, lessonId);
  const token = url.split('/join/')[1] ?? '';
  await cancelLessons(app, teacher.id, { lessonId, scope: 'this', version: null });
  expect(await links.readDoor(app, token, nobody)).toMatchObject({ state: 'cancelled', standing: null });
  await expect(links.enterByLink(app, token, nobody)).rejects.toThrow('LESSON_ENDED');
  await ask(student.email, token);
  await work();
  const [got] = await mailsTo(student.email);
  expect(got?.subject).toBe('You have no lesson ahead');
  expect(got?.text).toContain('“Leaves”, whose link you had, was called off.');
});

it('tells somebody who is not in the course nothing about the lesson whose link they tried', async () => {
  const { teacher, course } = await world();
  const stranger = await person('Zoe');
  const lessonId = await (await course('Botany')).lesson('Leaves', 2);
  const { url } = await links.readLessonLink(app, teacher.id, lessonId);
  await cancelLessons(app, teacher.id, { lessonId, scope: 'this', version: null });
  await ask(stranger.email, url.split('/join/')[1]);
  await work();
  const [got] = await mailsTo(stranger.email);
  expect(`${got?.subject} ${got?.text}`).not.toMatch(/Leaves|Botany|Ada/);
});

it('is throttled for one address, known or not, and from one', async () => {
  const { student } = await world();
  for (const email of [student.email, 'stranger@example.org']) {
    for (let n = 0; n < 3; n += 1) await ask(email, 'x', from(`192.0.2.${n}`));
    await expect(ask(email, 'x', from('192.0.2.9'))).rejects.toThrow('TOO_MANY_REQUESTS');
  }
  const script = from('198.51.100.1');
  for (let n = 0; n < 40; n += 1) await ask(`somebody${n}@example.org`, 'x', script);
  await expect(ask('another@example.org', 'x', script)).rejects.toThrow('TOO_MANY_REQUESTS');
});
