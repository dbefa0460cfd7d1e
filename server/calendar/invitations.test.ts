import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import type { App } from '../app';
import { book } from '../bookings/booking';
import { cancelBooking, moveBooking } from '../bookings/changing';
import { createOffer, saveHours } from '../bookings/setup';
import { joinCourse } from '../courses/joining';
import { unenrol } from '../courses/service';
import { createQueues } from '../jobs/queue-fixture';
import { cancelLessons, editLesson, restoreLessons } from '../lessons/editing';
import { renameLesson } from '../lessons/service';
import { readDoor } from '../links/service';
import * as mail from '../mail/service';
import { testApp } from '../testing';
import { makeWorld, occurrencesIn } from './invitations-fixture';
import { tellClasses } from './invitations';

let database: TestDatabase;
let app: App;
let world: ReturnType<typeof makeWorld>;
beforeAll(async () => {
  database = await createTestDatabase();
  await createQueues(database, ['mail-send']);
  app = testApp(database);
  world = makeWorld(app, database);
});
afterAll(() => database.drop());

const nobody = { viewer: { kind: 'anonymous' as const }, headers: new Headers() };
const linkIn = (text: string) => /\/join\/(p\.[\w-]{22}\.[\w-]{32})/.exec(text)?.[1] ?? '';
const at = (wish: { startsAt: string }, time: string) => `${wish.startsAt.slice(0, 10)}T${time}`;
const timesOf = async (address: string) => (await world.news(address)).length;

describe('an invitation', () => {
  it('brings who is enrolled their own link and an event that asks for no answer, once', async () => {
    const { student, lessonId, teacher } = await world.lesson();
    await world.tell();
    await world.send();
    expect(await timesOf(student.email)).toBe(0);
    await world.settle();
    await world.settle();
    const [got, ...more] = await world.news(student.email);
    expect(more).toEqual([]);
    expect(got).toMatchObject({
      method: 'REQUEST',
      events: [{ uid: `lesson-${lessonId}@localhost`, sequence: 1, summary: 'Leaves', status: 'CONFIRMED' }],
    });
    const token = linkIn(got?.text ?? '');
    expect(got?.events[0]?.url).toBe(`http://localhost:3000/join/${token}`);
    expect(await readDoor(app, token, nobody)).toMatchObject({ title: 'Leaves', personName: 'Sam' });
    const unfolded = got?.calendar.replaceAll(/\r\n[ \t]/g, '') ?? '';
    expect(unfolded).toMatch(new RegExp(`RSVP=FALSE;CN="Sam":mailto:${student.email}`, 'i'));
    expect(unfolded).toMatch(/ORGANIZER;CN="Ada".*:mailto:lectern@localhost/);
    expect(got?.calendar.split('\r\n').filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
    // Whose lesson it is has it already.
    expect(await timesOf(teacher.email)).toBe(0);
    const kept = await database.sql<
      { all: string }[]
    >`select (data::text || calendar::text) as all from mails`;
    expect(kept.filter(({ all }) => all.includes('/join/'))).toEqual([]);
  });

  it('tells the time on the clock of its reader', async () => {
    const { student } = await world.lesson('Leaves', 'America/New_York');
    await world.settle();
    const [got] = await world.news(student.email);
    expect(got?.text).toMatch(/4:00 – 4:45 AM .* clock of New York \(E[SD]T\)/);
    expect(got?.subject).toMatch(/^Invitation: Leaves, .* 4:00 AM$/);
  });

  it('comes to who is enrolled later, and to a teacher without a link that could be passed on', async () => {
    const { join, student } = await world.lesson();
    await world.settle();
    const [late, colleague] = [await world.person('Mara'), await world.person('Tess')];
    await join(late.email);
    await join(colleague.email, 'teacher');
    await world.settle();
    expect(linkIn((await world.news(late.email))[0]?.text ?? '')).not.toBe('');
    const [theirs] = await world.news(colleague.email);
    expect(theirs?.events[0]?.url).toMatch(/\/room\/botany-/);
    expect(await timesOf(student.email)).toBe(1);
  });

  it('shows markup in titles and names as text, in the mail and in the calendar', async () => {
    const title = 'Leaves <script>alert(1)</script>;\\, and "more"\nBEGIN:VEVENT';
    const { join, courseId, teacher } = await world.lesson(title);
    const evil = await world.person('Sam "x"; <b>\r\nATTENDEE:mailto:evil@example.test');
    await join(evil.email);
    await world.settle();
    // A header that would break is refused by who sends: such a name cannot be entered, only be in the database.
    expect(await timesOf(evil.email)).toBe(0);
    const [mailed] = await database.sql<{ problem: string; calendar: { content: string } }[]>`
      select problem, calendar from mails where to_address = ${evil.email}`;
    expect(mailed?.problem).toBe('A header of the mail breaks its line');
    const lines = mailed?.calendar.content.replaceAll(/\r\n[ \t]/g, '').split('\r\n') ?? [];
    expect(lines.filter((line) => line.startsWith('ATTENDEE'))).toHaveLength(1);
    expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1);
    const sam = await world.person('Sam <b>O</b>');
    await join(sam.email);
    await world.settle();
    const [got] = await world.news(sam.email);
    expect(got?.events).toMatchObject([{ summary: title }]);
    expect(got?.html).toContain('&lt;script&gt;');
    expect(got?.html).not.toContain('<script>');
    expect(got?.subject).toContain('Leaves <script>alert(1)</script>;\\, and "more" BEGIN:VEVENT');
    await unenrol(app, teacher.id, { courseId, personId: evil.id });
  });

  it('is switched off by the link at its end, with everything else about lessons', async () => {
    const { student, lessonId, teacher } = await world.lesson();
    await world.settle();
    const [got] = await world.news(student.email);
    const token = /mail\/off\/([\w.-]+)/.exec(got?.headers['List-Unsubscribe'] ?? '')?.[1] ?? '';
    expect(got?.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    expect(await mail.readOff(app, token)).toMatchObject({ category: 'lessons', off: false });
    await mail.setOff(app, token, true);
    await cancelLessons(app, teacher.id, { lessonId, scope: 'this', version: null });
    await world.settle();
    expect(await timesOf(student.email)).toBe(0);
  });
});

describe('a change', () => {
  it('is one mail however many quick ones it was, from the old time to the new one', async () => {
    const { student, teacher, lessonId, wish } = await world.lesson('Leaves', 'America/New_York');
    await world.settle();
    await world.news(student.email);
    for (const time of ['11:00', '12:00', '14:30']) {
      const version = await world.version(lessonId);
      const startsAt = at(wish, time);
      await editLesson(app, teacher.id, { ...wish, lessonId, scope: 'this', version, startsAt });
    }
    await world.tell();
    await world.send();
    expect(await timesOf(student.email)).toBe(0);
    await world.settle();
    const [got, ...more] = await world.news(student.email);
    expect(more).toEqual([]);
    expect(got?.subject).toMatch(/^Moved: Leaves, now .* 8:30 AM$/);
    expect(got?.text).toMatch(/[^.]*: it was 4:00 – 4:45 AM, it is now 8:30 – 9:15 AM\./);
    expect(got).toMatchObject({
      method: 'REQUEST',
      events: [{ uid: `lesson-${lessonId}@localhost`, sequence: 2 }],
    });
  });

  it('to another day says both days, in the language of its reader', async () => {
    const { student, teacher, lessonId, wish } = await world.lesson();
    await database.sql`update users set locale = 'de' where id = ${student.id}`;
    await world.settle();
    expect((await world.news(student.email))[0]?.subject).toMatch(/^Einladung: Leaves, .* 10:00$/);
    const later = new Date(Date.parse(`${at(wish, '10:00')}Z`) + 3 * 86_400_000).toISOString().slice(0, 16);
    const version = await world.version(lessonId);
    await editLesson(app, teacher.id, { ...wish, lessonId, scope: 'this', version, startsAt: later });
    await world.settle();
    const [got] = await world.news(student.email);
    expect(got?.subject).toMatch(/^Verschoben: Leaves, jetzt /);
    expect(got?.text).toMatch(
      /Bisher: \S+, \d+\. \S+ \d{4}.* 10:00–10:45.*\. Jetzt: \S+, \d+\. .* 10:00–10:45/,
    );
  });

  it('of the name alone is told as that', async () => {
    const { student, teacher, lessonId } = await world.lesson();
    await world.settle();
    await world.news(student.email);
    await renameLesson(app, teacher.id, lessonId, 'Roots');
    await world.settle();
    const [got] = await world.news(student.email);
    expect(got?.text).toContain('“Leaves” is now called “Roots”');
    expect(got?.events).toMatchObject([{ summary: 'Roots', sequence: 2 }]);
  });

  it('that was taken back at once is told to nobody', async () => {
    const { student, teacher, lessonId, wish } = await world.lesson();
    await world.settle();
    await world.news(student.email);
    await cancelLessons(app, teacher.id, { lessonId, scope: 'this', version: null });
    await restoreLessons(app, teacher.id, [lessonId]);
    const edit = async (time: string) => {
      const version = await world.version(lessonId);
      await editLesson(app, teacher.id, {
        ...wish,
        lessonId,
        scope: 'this',
        version,
        startsAt: at(wish, time),
      });
    };
    await edit('12:00');
    await edit('10:00');
    await world.settle();
    expect(await timesOf(student.email)).toBe(0);
  });

  it('that calls it off takes it out of the calendar; put back later it is there again', async () => {
    const { student, teacher, lessonId } = await world.lesson();
    await world.settle();
    await world.news(student.email);
    await cancelLessons(app, teacher.id, { lessonId, scope: 'this', version: null });
    await world.settle();
    const [off] = await world.news(student.email);
    expect(off?.subject).toMatch(/^Called off: Leaves, /);
    expect(off).toMatchObject({
      method: 'CANCEL',
      events: [{ uid: `lesson-${lessonId}@localhost`, sequence: 2, status: 'CANCELLED' }],
    });
    expect(off?.text).not.toContain('/join/');
    await restoreLessons(app, teacher.id, [lessonId]);
    await world.settle();
    expect(await world.news(student.email)).toMatchObject([
      { method: 'REQUEST', events: [{ uid: `lesson-${lessonId}@localhost`, sequence: 3 }] },
    ]);
  });

  it('of a lesson that was called off before anybody knew of it is told to nobody', async () => {
    const { student, teacher, lessonId } = await world.lesson();
    await cancelLessons(app, teacher.id, { lessonId, scope: 'this', version: null });
    await world.settle();
    expect(await timesOf(student.email)).toBe(0);
  });

  it('is told once by however many, and by who comes after one that died', async () => {
    const { student, teacher, lessonId, wish, join } = await world.lesson();
    const others = await Promise.all(Array.from({ length: 8 }, () => world.person('Olu')));
    for (const { email } of others) await join(email);
    await world.settle();
    for (const { email } of [student, ...others]) await world.news(email);
    const version = await world.version(lessonId);
    await editLesson(app, teacher.id, {
      ...wish,
      lessonId,
      scope: 'this',
      version,
      startsAt: at(wish, '16:00'),
    });
    await world.letTimePass();
    // It gets as far as its last statement, and dies before it commits.
    const dying: App = {
      ...app,
      db: new Proxy(app.db, {
        get: (db, key) =>
          key === 'transaction'
            ? (work: (tx: unknown) => Promise<unknown>) =>
                db.transaction(async (tx) => {
                  await work(tx);
                  throw new Error('killed');
                })
            : (Reflect.get(db, key) as unknown),
      }),
    };
    await expect(tellClasses(dying, new AbortController().signal)).rejects.toThrow('killed');
    await world.send();
    expect(await timesOf(student.email)).toBe(0);
    await Promise.all([world.tell(), world.tell(), world.tell()]);
    await Promise.all([world.send(), world.send()]);
    for (const { email } of [student, ...others]) {
      expect(await world.news(email)).toMatchObject([{ events: [{ sequence: 2 }] }]);
    }
  });
});

it('a booked hour comes into the calendars of both, moves there, and goes out of them again', async () => {
  const [teacher, student] = [await world.person('Mara'), await world.person('Sam')];
  const always = Array.from({ length: 7 }, () => [{ from: '00:00', to: '24:00' }]);
  const { slug } = await createOffer(
    app,
    { ...teacher, name: 'Mara' },
    { title: 'Trial lesson', description: '', lengths: [30], seats: 1, open: true, timeZone: 'UTC' },
  );
  await saveHours(app, teacher.id, {
    ...{ timeZone: 'UTC', weekly: always, exceptions: [], stepMinutes: 30, maxADay: null },
    ...{
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 0,
      noticeMinutes: 60,
      horizonDays: 30,
      changeMinutes: 60,
    },
  });
  const start = Math.floor(Date.now() / 86_400_000 + 5) * 86_400_000 + 10 * 3_600_000;
  const person = { id: student.id, name: 'Sam' };
  const { lessonId } = await book(app, person, { slug, lengthMinutes: 30, at: start });
  const expectBoth = async (method: string, sequence: number) => {
    await world.settle();
    for (const { email } of [teacher, student])
      expect(await world.news(email)).toMatchObject([
        { method, events: [{ uid: `lesson-${lessonId}@localhost`, sequence, summary: 'Trial lesson' }] },
      ]);
  };
  await expectBoth('REQUEST', 1);
  await moveBooking(app, person, { lessonId, at: start + 1_800_000 });
  await expectBoth('REQUEST', 2);
  await cancelBooking(app, person, lessonId);
  await expectBoth('CANCEL', 3);
});

describe('a series', () => {
  it('is one event: a moved lesson replaces its own, one that was called off is left out', async () => {
    const { student, teacher, seriesId, lessonIds, wish } = await world.series();
    await world.settle();
    const [first] = await world.news(student.email);
    expect(first?.subject).toMatch(/^Invitation: Leaves, 5 lessons from /);
    const uid = `series-${seriesId}@localhost`;
    expect(first).toMatchObject({ method: 'REQUEST', events: [{ uid, sequence: 1 }] });
    expect(occurrencesIn(first?.calendar ?? '')).toEqual(await world.held(lessonIds));

    const [, second = '', third = ''] = lessonIds;
    const [, day = ''] = await world.held(lessonIds);
    const startsAt = `${day.slice(0, 10)}T18:15`;
    const version = await world.version(second);
    await editLesson(app, teacher.id, { ...wish, lessonId: second, scope: 'this', version, startsAt });
    await cancelLessons(app, teacher.id, { lessonId: third, scope: 'this', version: null });
    await world.settle();
    const [changed, ...more] = await world.news(student.email);
    expect(more).toEqual([]);
    expect(changed?.text).toMatch(/it was 10:00 – 10:45 AM, it is now 6:15 – 7:00 PM\./);
    expect(changed?.text).toContain('is called off.');
    expect(changed?.events).toMatchObject([
      { uid, sequence: 2 },
      { uid, sequence: 2 },
    ]);
    const held = await world.held(lessonIds);
    expect(held).toHaveLength(4);
    expect(occurrencesIn(changed?.calendar ?? '')).toEqual(held);

    await cancelLessons(app, teacher.id, { lessonId: second, scope: 'all', version: null });
    await world.settle();
    const [off] = await world.news(student.email);
    expect(off).toMatchObject({ method: 'CANCEL', events: [{ uid, sequence: 3, status: 'CANCELLED' }] });
    expect(off?.subject).toBe('Called off: Leaves');
  });

  it('that is changed from a lesson on is two, which hold its lessons together', async () => {
    const { student, teacher, seriesId, lessonIds, wish } = await world.series();
    await world.settle();
    await world.news(student.email);
    const [, , third = ''] = lessonIds;
    const [, , day = ''] = await world.held(lessonIds);
    const edit = { lessonId: third, scope: 'following' as const, startsAt: `${day.slice(0, 10)}T16:30` };
    await editLesson(app, teacher.id, { ...wish, ...edit, version: await world.version(third) });
    await world.settle();
    const got = await world.news(student.email);
    expect(got).toHaveLength(2);
    const before = got.find(({ events }) => events[0]?.uid === `series-${seriesId}@localhost`);
    const after = got.find((one) => one !== before);
    expect(before?.text).toContain('go on as a series of their own');
    expect(after?.text).toMatch(/it was 10:00 – 10:45 AM, it is now 4:30 – 5:15 PM\./);
    expect(occurrencesIn(before?.calendar ?? '')).toHaveLength(2);
    const together = got.flatMap(({ calendar }) => occurrencesIn(calendar)).toSorted();
    expect(together).toEqual(await world.held(lessonIds));
  });

  it('waits as a whole while one of its lessons may still be put back', async () => {
    const { student, teacher, lessonIds } = await world.series();
    await world.settle();
    await world.news(student.email);
    const [first = '', second = ''] = lessonIds;
    await cancelLessons(app, teacher.id, { lessonId: first, scope: 'this', version: null });
    await world.letTimePass();
    await cancelLessons(app, teacher.id, { lessonId: second, scope: 'this', version: null });
    await world.tell();
    await world.send();
    expect(await timesOf(student.email)).toBe(0);
    await restoreLessons(app, teacher.id, [second]);
    await world.settle();
    const [got, ...more] = await world.news(student.email);
    expect(more).toEqual([]);
    expect(got?.text.match(/is called off/g)).toHaveLength(1);
    expect(occurrencesIn(got?.calendar ?? '')).toEqual(await world.held(lessonIds));
  });

  it('has one link of each person, to the lesson that comes next; who leaves has none', async () => {
    const { student, teacher, courseId, lessonIds } = await world.series();
    await world.settle();
    const [got] = await world.news(student.email);
    const token = linkIn(got?.text ?? '');
    expect(got?.text).toContain('for all of these lessons');
    const next = async () => (await readDoor(app, token, nobody)).startsAt;
    const [first, second] = await database.sql<{ at: number }[]>`
      select extract(epoch from starts_at)::float8 * 1000 as at from lessons where id in ${database.sql(lessonIds)} order by starts_at`;
    expect(await next()).toBe(first?.at);
    await database.sql`update lessons set status = 'ended' where id = ${lessonIds[0] ?? ''}`;
    expect(await next()).toBe(second?.at);
    await database.sql`update lessons set status = 'live' where id = ${lessonIds[3] ?? ''}`;
    expect(await readDoor(app, token, nobody)).toMatchObject({ state: 'live' });
    await unenrol(app, teacher.id, { courseId, personId: student.id });
    await expect(readDoor(app, token, nobody)).rejects.toThrow('LINK_INVALID');
  });
});

describe('who leaves', () => {
  it('has it taken out of their calendar; who is back before that hears nothing', async () => {
    const { student, teacher, courseId, join, seriesId } = await world.series();
    await world.settle();
    await world.news(student.email);
    await unenrol(app, teacher.id, { courseId, personId: student.id });
    await join(student.email);
    await world.settle();
    expect(await timesOf(student.email)).toBe(0);
    await unenrol(app, teacher.id, { courseId, personId: student.id });
    await world.settle();
    await world.settle();
    expect(await world.news(student.email)).toMatchObject([
      {
        subject: 'Out of your calendar: Leaves',
        method: 'CANCEL',
        events: [{ uid: `series-${seriesId}@localhost`, sequence: 2 }],
      },
    ]);
    await join(student.email);
    await world.settle();
    expect(await world.news(student.email)).toMatchObject([{ method: 'REQUEST', events: [{ sequence: 3 }] }]);
  });

  it('or chose single lessons has those, and no other', async () => {
    const { courseId, lessonIds, teacher } = await world.series();
    await database.sql`update courses set registration = 'lessons', visibility = 'public' where id = ${courseId}`;
    const [room] = await database.sql<
      { slug: string }[]
    >`select slug from rooms where course_id = ${courseId}`;
    const entrance = { by: 'page' as const, slug: room?.slug ?? '' };
    await world.settle();
    const kit = await world.person('Kit');
    const [first = '', second = '', third = ''] = lessonIds;
    const choose = (ids: string[]) => joinCourse(app, { ...kit, name: 'Kit' }, { entrance, lessonIds: ids });
    await choose([first, second]);
    await world.settle();
    const uids = (mails: Awaited<ReturnType<typeof world.news>>) =>
      mails.map(({ method, events }) => `${method} ${events[0]?.uid}`).toSorted();
    expect(uids(await world.news(kit.email))).toEqual(
      [first, second].map((id) => `REQUEST lesson-${id}@localhost`).toSorted(),
    );
    await choose([second, third]);
    await world.settle();
    expect(uids(await world.news(kit.email))).toEqual([
      `CANCEL lesson-${first}@localhost`,
      `REQUEST lesson-${third}@localhost`,
    ]);
    await cancelLessons(app, teacher.id, { lessonId: second, scope: 'this', version: null });
    await world.settle();
    expect(uids(await world.news(kit.email))).toEqual([`CANCEL lesson-${second}@localhost`]);
  });
});
