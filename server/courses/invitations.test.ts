import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { invitations as rows, mails, users } from '@/db/schema';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import { mailboxMailer } from '../adapters/mail/mailbox';
import type { App } from '../app';
import { createQueues } from '../jobs/queue-fixture';
import { mailboxStore } from '../mail/queries';
import * as mail from '../mail/service';
import { writeMail } from '../mail/write';
import { testApp } from '../testing';
import { readCoursePage } from './course-page';
import * as invitations from './invitations';
import { joinCourse } from './joining';
import * as courses from './service';
import * as settings from './settings';

type Person = { id: string; name: string; email: string };

let database: TestDatabase;
let app: App;
let owner: Person;
let teacher: Person;

async function person(name: string, email = `${randomUUID()}@example.org`): Promise<Person> {
  const made = { id: randomUUID(), name, email };
  await database.db.insert(users).values(made);
  return made;
}

const packed = (list: string | Buffer) => gzipSync(list).toString('base64');

async function course(capacity: number | null = null) {
  const { id: courseId } = await courses.createCourse(app, owner.id, { title: 'Astronomy', description: '' });
  await courses.enrol(app, owner.id, { courseId, email: teacher.email, role: 'teacher' });
  const rest = { visibility: 'invited', enrolment: 'closed', registration: 'lessons' } as const;
  await settings.changeEnrolment(app, owner.id, { courseId, ...rest, capacity });
  const wish = (list: string | Buffer, role: 'student' | 'presenter' | 'teacher' = 'student') => ({
    courseId,
    packed: packed(list),
    role,
  });
  const mailsSent = async () => {
    const sent = await database.db.select().from(mails).where(eq(mails.template, 'course-invitation'));
    const mine = await database.db.select().from(rows).where(eq(rows.courseId, courseId));
    const ids = new Set(mine.map(({ id }) => id));
    return sent.filter(({ key }) => ids.has(key.split(':')[1] ?? ''));
  };
  return { courseId, wish, mailsSent };
}

/** The link that went to an address by mail. */
async function linkFor(courseId: string, email: string): Promise<string> {
  const all = await database.db.select().from(rows).where(eq(rows.courseId, courseId));
  const row = all.find((one) => one.email === email);
  if (!row) throw new Error(`${email} was not invited`);
  return invitations.invitationUrl(app, row).split('/').at(-1) ?? '';
}
const byLink = (token: string) => ({ by: 'link', token }) as const;
const look = (token: string, viewer: Person | null = null) =>
  readCoursePage(app, byLink(token), { viewerId: viewer?.id ?? null, headers: new Headers() });
const join = (who: Person, token: string) => joinCourse(app, who, { entrance: byLink(token), lessonIds: [] });

beforeAll(async () => {
  database = await createTestDatabase();
  app = testApp(database);
  await createQueues(database, ['mail-send']);
  owner = await person('Olga');
  teacher = await person('Tess');
});
afterAll(() => database.drop());

describe('a list of invitations', () => {
  test('is looked at before anything is sent, and then sent to who is left', async () => {
    const { courseId, wish, mailsSent } = await course(5);
    await invitations.sendInvitations(app, owner.id, wish('old@example.org'));
    const list = wish(
      `Name;E-Mail\nSam;sam@example.org\n${teacher.email}\nold@example.org\n"a@b"@c.org\nsam@example.org`,
    );
    expect(await invitations.previewInvitations(app, teacher.id, list)).toEqual({
      readyCount: 1,
      ready: [{ line: 2, email: 'sam@example.org', name: 'Sam' }],
      problemCount: 4,
      problems: [
        { line: 3, text: teacher.email, problem: 'member' },
        { line: 4, text: 'old@example.org', problem: 'invited' },
        { line: 5, text: '"a@b"@c.org', problem: 'quoted' },
        { line: 6, text: 'sam@example.org', problem: 'duplicate', firstLine: 2 },
      ],
      seatsLeft: 5,
    });
    expect(await mailsSent()).toHaveLength(1);
    expect(await invitations.sendInvitations(app, teacher.id, list)).toEqual({ invited: 1 });
    expect(await invitations.sendInvitations(app, teacher.id, list)).toEqual({ invited: 0 });
    const sent = await mailsSent();
    expect(sent.map(({ toAddress, toName }) => `${toName} <${toAddress}>`).toSorted()).toEqual([
      ' <old@example.org>',
      'Sam <sam@example.org>',
    ]);
    expect(await invitations.readInvitations(app, owner.id, courseId)).toHaveLength(2);
  });

  test('of 20,000 lines out of an old spreadsheet is looked at as one', async () => {
    const { wish } = await course();
    const lines = Array.from({ length: 20_000 }, (_, at) => `Zoë ${at};person.${at}@example.org`);
    const list = wish(Buffer.from(lines.join('\r\n'), 'latin1'));
    const seen = await invitations.previewInvitations(app, owner.id, list);
    expect(seen).toMatchObject({ readyCount: 20_000, problemCount: 0 });
    expect(seen.ready).toHaveLength(20);
    expect(seen.ready[0]).toEqual({ line: 1, email: 'person.0@example.org', name: 'Zoë 0' });
  });

  test('that is sent twice at once invites nobody twice', async () => {
    const { wish, courseId, mailsSent } = await course();
    const list = wish(Array.from({ length: 2_500 }, (_, at) => `person.${at}@example.org`).join(','));
    const send = () => invitations.sendInvitations(app, owner.id, list);
    const [one, two] = await Promise.all([send(), send()]);
    expect(one.invited + two.invited).toBe(2_500);
    const [count] = await database.sql<{ count: number }[]>`
      select count(*)::int from invitations where course_id = ${courseId}`;
    expect(count?.count).toBe(2_500);
    expect(await mailsSent()).toHaveLength(2_500);
  });

  test('is not unpacked beyond what it may hold, and is no list when it cannot be', async () => {
    const { wish } = await course();
    const preview = (list: ReturnType<typeof wish>) => invitations.previewInvitations(app, owner.id, list);
    await expect(preview(wish(Buffer.alloc(64 * 1024 * 1024)))).rejects.toMatchObject({ code: 'TOO_LARGE' });
    await expect(preview({ ...wish('x'), packed: 'bm90IGd6aXA=' })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      details: { reason: 'unreadable' },
    });
  });

  test('is the staff’s to send; who runs the course is chosen by its owner alone', async () => {
    const { wish } = await course();
    const stranger = await person('Ned');
    const send = (who: Person, role: 'student' | 'teacher') =>
      invitations.sendInvitations(app, who.id, wish('x@example.org', role));
    await expect(send(stranger, 'student')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(send(teacher, 'teacher')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    expect(await send(owner, 'teacher')).toEqual({ invited: 1 });
  });
});

describe('an invitation', () => {
  test('lets its address in, whatever the course says to others, and nobody else', async () => {
    const { courseId, wish } = await course();
    const sam = await person('Sam');
    const other = await person('Otto');
    await invitations.sendInvitations(app, owner.id, wish(`Sam <${sam.email.toUpperCase()}>`));
    const token = await linkFor(courseId, sam.email);
    expect(await look(token)).toMatchObject({
      state: 'enrol',
      door: 'invitation',
      invitedAs: { email: sam.email },
    });
    await expect(join(other, token)).rejects.toMatchObject({ code: 'INVITED_ANOTHER' });
    expect(await join(sam, token)).toEqual({ state: 'in', courseId });
    expect(await invitations.readInvitations(app, owner.id, courseId)).toMatchObject([
      { status: 'accepted' },
    ]);
    expect(await join(sam, token)).toEqual({ state: 'in', courseId });
    // It was used: for others there is nothing behind it.
    await expect(look(token, other)).rejects.toMatchObject({ code: 'LINK_INVALID' });
    await expect(look(token)).rejects.toMatchObject({ code: 'LINK_INVALID' });
  });

  test('that is revoked, declined or forged opens nothing, by one answer', async () => {
    const { courseId, wish } = await course();
    await invitations.sendInvitations(app, owner.id, wish('one@example.org, two@example.org'));
    const [one, two] = [
      await linkFor(courseId, 'one@example.org'),
      await linkFor(courseId, 'two@example.org'),
    ];
    const listed = await invitations.readInvitations(app, owner.id, courseId);
    const id = listed.find(({ email }) => email === 'one@example.org')?.id ?? '';
    await invitations.revokeInvitation(app, teacher.id, { courseId, invitationId: id });
    await invitations.declineInvitation(app, two);
    const invalid = { code: 'LINK_INVALID' };
    for (const token of [one, two, `${one.slice(0, -2)}AA`, 'i.x', 'l.nothing', ''])
      await expect(look(token)).rejects.toMatchObject(invalid);
    await expect(invitations.declineInvitation(app, two)).rejects.toMatchObject(invalid);
    // Both may be asked again.
    expect(await invitations.sendInvitations(app, owner.id, wish('one@example.org,two@example.org'))).toEqual(
      {
        invited: 2,
      },
    );
  });

  test('to teach takes no seat; one to learn waits for a seat', async () => {
    const { courseId, wish } = await course(1);
    const [a, b, c] = [await person('A'), await person('B'), await person('C')];
    await invitations.sendInvitations(app, owner.id, wish(`${a.email};${b.email}`));
    await invitations.sendInvitations(app, owner.id, wish(c.email, 'presenter'));
    await join(a, await linkFor(courseId, a.email));
    const late = await linkFor(courseId, b.email);
    expect(await look(late)).toMatchObject({ state: 'full' });
    await expect(join(b, late)).rejects.toMatchObject({ code: 'COURSE_FULL' });
    await join(c, await linkFor(courseId, c.email));
    expect(await courses.getCourse(app, c.id, courseId)).toMatchObject({ role: 'presenter' });
  });

  test('is in its reader’s language; without an account in that of the course, or else of who invites', async () => {
    const { courseId, wish, mailsSent } = await course();
    const teach = (language: string) =>
      database.sql`update courses set language = ${language} where id = ${courseId}`;
    await database.sql`update users set locale = 'uk' where id = ${teacher.id}`;
    const spanish = await person('Sol');
    await database.sql`update users set locale = 'es' where id = ${spanish.id}`;
    await teach('de-AT');
    await invitations.sendInvitations(app, owner.id, wish(`neu@example.org, ${spanish.email}`));
    await teach('fr');
    await invitations.sendInvitations(app, teacher.id, wish('nouveau@example.org'));
    await invitations.sendInvitations(app, owner.id, wish('newer@example.org'));
    const queued = await mailsSent();
    const urlOf = (address: string) => {
      const found = queued.find(({ toAddress }) => toAddress === address);
      if (!found) throw new Error(`${address} was not invited`);
      return new URL((found.data as { url: string }).url);
    };
    // The page that it leads to is told, where nobody knows better.
    expect(urlOf('neu@example.org').searchParams.get('lang')).toBe('de');
    expect(urlOf(spanish.email).search).toBe('');
    const { signal } = new AbortController();
    const mailer = mailboxMailer(mailboxStore(app.db));
    await mail.sendDueMails({ app, mailer, write: writeMail, signal });
    const read = async (address: string) => {
      const [line] = await mail.readMailbox(app, address);
      return mail.readMailboxMail(app, line?.messageId ?? '');
    };
    expect((await read('neu@example.org')).subject).toBe('Olga lädt Sie zu „Astronomy“ ein');
    expect((await read(spanish.email)).subject).toBe('Olga te invita a «Astronomy»');
    expect((await read('nouveau@example.org')).subject).toBe('Olga запрошує вас на курс «Astronomy»');
    expect((await read('newer@example.org')).subject).toBe('Olga invites you to “Astronomy”');
  });

  test('says why it came, and is the last one where its reader says so by one press of their mail program', async () => {
    const { courseId, wish, mailsSent } = await course();
    await database.sql`update courses set language = 'de' where id = ${courseId}`;
    const { signal } = new AbortController();
    const mailer = mailboxMailer(mailboxStore(app.db));
    const send = () => mail.sendDueMails({ app, mailer, write: writeMail, signal });
    await invitations.sendInvitations(app, owner.id, wish('stranger@example.org'));
    await send();
    const [line] = await mail.readMailbox(app, 'stranger@example.org');
    const { text, headers } = await mail.readMailboxMail(app, line?.messageId ?? '');
    expect(text.replaceAll(/\s+/g, ' ')).toContain(
      'weil eine Lehrkraft dieses Kurses Ihre Adresse eingegeben hat',
    );
    const token = /api\/mail\/off\/([\w.-]+)/.exec(headers['List-Unsubscribe'] ?? '')?.[1] ?? '';
    expect(headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    expect(text).toContain(`/mail/off/${token}?lang=de`);
    await mail.setOff(app, token, true);
    const other = await course();
    await invitations.sendInvitations(app, owner.id, other.wish('stranger@example.org'));
    await send();
    expect(await mail.readMailbox(app, 'stranger@example.org')).toHaveLength(1);
    expect((await other.mailsSent()).map(({ state }) => state)).toEqual(['dropped']);
    expect((await mailsSent()).map(({ state }) => state)).toEqual(['sent']);
  });

  test('is sent again once an hour at most', async () => {
    const { courseId, wish, mailsSent } = await course();
    await invitations.sendInvitations(app, owner.id, wish('sam@example.org'));
    const [{ id } = { id: '' }] = await invitations.readInvitations(app, owner.id, courseId);
    const remind = (now: number) =>
      invitations.remindInvitation(app, owner.id, { courseId, invitationId: id }, now);
    await remind(1_000);
    await remind(2_000);
    expect(await mailsSent()).toHaveLength(2);
    await remind(3_600_000);
    expect(await mailsSent()).toHaveLength(3);
  });
});

describe('the course’s link', () => {
  test('leads to the course until it is revoked; the next one is another', async () => {
    const { courseId } = await course();
    await settings.changeEnrolment(app, owner.id, {
      courseId,
      ...{ visibility: 'invited', enrolment: 'open', registration: 'series', capacity: null },
    });
    const tokenOf = (url: string | null) => url?.split('/').at(-1) ?? '';
    expect(await invitations.readCourseLink(app, teacher.id, courseId)).toEqual({ url: null });
    const { url } = await invitations.openCourseLink(app, teacher.id, courseId);
    expect(await invitations.openCourseLink(app, owner.id, courseId)).toEqual({ url });
    const sam = await person('Sam');
    expect(await look(tokenOf(url), sam)).toMatchObject({ state: 'enrol', door: 'link' });
    expect(await join(sam, tokenOf(url))).toEqual({ state: 'in', courseId });

    await invitations.closeCourseLink(app, owner.id, courseId);
    const invalid = { code: 'LINK_INVALID' };
    await expect(look(tokenOf(url), await person('Late'))).rejects.toMatchObject(invalid);
    const fresh = await invitations.openCourseLink(app, owner.id, courseId);
    expect(fresh.url).not.toBe(url);
    await expect(look(tokenOf(url))).rejects.toMatchObject(invalid);
    expect(await look(tokenOf(fresh.url))).toMatchObject({ door: 'link' });
    // 192 bits of it nobody can guess.
    expect(Buffer.from(tokenOf(fresh.url).split('.')[2] ?? '', 'base64url')).toHaveLength(24);
  });
});
