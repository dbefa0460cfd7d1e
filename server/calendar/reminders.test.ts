import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import { mailboxMailer } from '../adapters/mail/mailbox';
import type { App } from '../app';
import { createCourse, enrol } from '../courses/service';
import { createUser } from '../identity/service';
import { createQueues } from '../jobs/queue-fixture';
import { cancelLessons, editLesson } from '../lessons/editing';
import { scheduleLesson } from '../lessons/service';
import { mailboxStore } from '../mail/queries';
import * as mail from '../mail/service';
import { writeMail } from '../mail/write';
import { testApp } from '../testing';
import { writeDueReminders } from './reminders';

let database: TestDatabase;
let app: App;
const { signal } = new AbortController();
beforeAll(async () => {
  database = await createTestDatabase();
  await createQueues(database, ['mail-send']);
  app = testApp(database);
});
afterAll(() => database.drop());

const MINUTE = 60_000;
const person = (name: string) =>
  createUser(app, {
    email: `${name.toLowerCase()}.${app.newId()}@example.org`,
    name,
    password: 'a few plain words',
  });

/** A course with a student, and a lesson in so many minutes that was scheduled long ago. */
async function lessonIn(minutes: number) {
  const [teacher, student] = [await person('Ada'), await person('Sam')];
  const { id: courseId } = await createCourse(app, teacher.id, { title: 'Botany', description: '' });
  await enrol(app, teacher.id, { courseId, email: student.email, role: 'student' });
  const startsAt = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 16);
  const wish = { courseId, title: 'Leaves', startsAt, timeZone: 'UTC', durationMinutes: 45 };
  const { lessonId } = await scheduleLesson(app, teacher.id, wish);
  await database.sql`update lessons set starts_at = date_trunc('second', now()) + make_interval(secs => ${minutes * 60}),
    created_at = now() - interval '3 days' where id = ${lessonId}`;
  return { teacher, student, lessonId, wish };
}
async function send() {
  await writeDueReminders(app, signal);
  await mail.sendDueMails({ app, mailer: mailboxMailer(mailboxStore(app.db)), write: writeMail, signal });
}
const subjects = async (address: string) =>
  (await mail.readMailbox(app, address)).map((one) => one.subject).toSorted();

it('reminds a day, an hour and five minutes before, each once, of the lesson as it is then', async () => {
  const { student, teacher, lessonId } = await lessonIn(23.9 * 60);
  await send();
  await send();
  expect(await subjects(student.email)).toEqual(['Tomorrow: Leaves']);
  await database.sql`update lessons set starts_at = now() + interval '59 minutes' where id = ${lessonId}`;
  await send();
  await database.sql`update lessons set starts_at = now() + interval '4 minutes' where id = ${lessonId}`;
  await send();
  const all = ['In an hour: Leaves', 'In five minutes: Leaves', 'Tomorrow: Leaves'];
  expect(await subjects(student.email)).toEqual(all);
  expect(await subjects(teacher.email)).toEqual(all);
});

it('brings a student their own link and a teacher the address of the room, and stores neither', async () => {
  const { student, teacher } = await lessonIn(59);
  await send();
  const read = async (address: string) => {
    const [line] = await mail.readMailbox(app, address);
    return mail.readMailboxMail(app, line?.messageId ?? '');
  };
  expect((await read(student.email)).text).toMatch(/\/join\/p\.[\w-]{22}\.[\w-]{32}/);
  expect((await read(teacher.email)).text).toMatch(/\/room\/botany-/);
  const kept = await database.sql<{ data: string }[]>`select data::text from mails`;
  expect(kept.filter(({ data }) => data.includes('/join/'))).toEqual([]);
});

it('are all written, however many are due at once, also of a lesson at no full second', async () => {
  const { lessonId } = await lessonIn(59);
  await database.sql`update lessons set starts_at = starts_at + interval '123456 microseconds' where id = ${lessonId}`;
  await database.sql`insert into users (id, email, name)
    select gen_random_uuid(), 'many' || n || '@example.test', 'Many' from generate_series(1, 1200) n`;
  await database.sql`insert into enrolments (course_id, user_id, role) select course_id, u.id, 'student'
    from lessons l, users u where l.id = ${lessonId} and u.name = 'Many'`;
  expect(await writeDueReminders(app, signal)).toBe(1202);
  expect(await writeDueReminders(app, signal)).toBe(0);
  await database.sql`delete from mails where to_name = 'Many'`;
  await database.sql`delete from users where name = 'Many'`;
});

it('can be switched off, each kind by itself, by the link in the mail', async () => {
  const { student, lessonId } = await lessonIn(23.9 * 60);
  await send();
  const [line] = await mail.readMailbox(app, student.email);
  const { headers, text } = await mail.readMailboxMail(app, line?.messageId ?? '');
  const token = /mail\/off\/([\w.-]+)/.exec(headers['List-Unsubscribe'] ?? '')?.[1] ?? '';
  expect(text).toContain(`/mail/off/${token}`);
  expect(await mail.readOff(app, token)).toMatchObject({ category: 'reminder-day', off: false });
  await mail.setOff(app, token, true);
  await database.sql`update lessons set starts_at = now() + interval '23 hours' where id = ${lessonId}`;
  await send();
  expect(await subjects(student.email)).toEqual(['Tomorrow: Leaves']);
  await database.sql`update lessons set starts_at = now() + interval '58 minutes' where id = ${lessonId}`;
  await send();
  expect(await subjects(student.email)).toEqual(['In an hour: Leaves', 'Tomorrow: Leaves']);
});

it('moves with its lesson: what waits for the mail server is dropped, and sent again before the new time', async () => {
  for (const change of ['moved', 'cancelled'] as const) {
    const { teacher, student, lessonId, wish } = await lessonIn(59);
    await writeDueReminders(app, signal);
    if (change === 'cancelled')
      await cancelLessons(app, teacher.id, { lessonId, scope: 'this', version: null });
    else {
      const later = new Date(Date.now() + 600 * MINUTE).toISOString().slice(0, 16);
      await editLesson(app, teacher.id, { ...wish, lessonId, scope: 'this', version: 1, startsAt: later });
    }
    await send();
    expect(await subjects(student.email)).toEqual([]);
    // Its new time comes, and has a reminder of its own; what is called off has none.
    await database.sql`update lessons set starts_at = now() + interval '58 minutes' where id = ${lessonId}`;
    await send();
    expect(await subjects(student.email)).toEqual(change === 'moved' ? ['In an hour: Leaves'] : []);
  }
});

it('nobody is reminded of what was scheduled just now, is over, or is not theirs', async () => {
  const { student, lessonId } = await lessonIn(4);
  await database.sql`update lessons set created_at = now() where id = ${lessonId}`;
  const over = await lessonIn(-10);
  const stranger = await person('Zoe');
  await send();
  for (const { email } of [student, over.student, stranger]) expect(await subjects(email)).toEqual([]);
});
