import { randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { users } from '@/db/schema';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import type { App } from '../app';
import { readCalendar } from '../calendar/service';
import { leaveCourse } from '../courses/requests';
import * as courses from '../courses/service';
import { readHome } from '../home/service';
import { cancelLessons, editLesson, restoreLessons } from '../lessons/editing';
import * as lessons from '../lessons/service';
import { listLessons } from '../lessons/views';
import { readBell } from '../notifications/service';
import { testApp } from '../testing';
import { book } from './booking';
import { cancelBooking, moveBooking } from './changing';
import { DAY_MS, MINUTE_MS } from './free-hours';
import { type HoursWish, hoursInput, offerInput } from './inputs';
import { readBookings, readFreeHours, readPage } from './page';
import { changeOffer, createOffer, readSetup, saveHours } from './setup';

type Person = { id: string; name: string; email: string };

let database: TestDatabase;
let app: App;

async function person(name: string): Promise<Person> {
  const made = { id: randomUUID(), name, email: `${randomUUID()}@example.org` };
  await database.db.insert(users).values(made);
  return made;
}
const zone = 'Europe/Berlin';
const always = Array.from({ length: 7 }, () => [{ from: '00:00', to: '24:00' }]);
const rules: Omit<HoursWish, 'weekly'> & { weekly: typeof always } = {
  ...{ timeZone: zone, weekly: always, exceptions: [], stepMinutes: 30, maxADay: null },
  ...{
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    noticeMinutes: 60,
    horizonDays: 30,
    changeMinutes: 24 * 60,
  },
};
const what = { title: 'Trial lesson', description: '', lengths: [30, 60], seats: 1, open: true };

async function offering(more: { hours?: Partial<typeof rules>; offer?: Partial<typeof what> } = {}) {
  const teacher = await person('Mara Lindt');
  const offer = { ...what, ...more.offer };
  const { id: offerId, slug } = await createOffer(app, teacher, { ...offer, timeZone: zone });
  await saveHours(app, teacher.id, { ...rules, ...more.hours });
  return { teacher, offerId, slug, offer };
}
/** An hour some days from now, at ten in Berlin. */
const tenIn = (days: number) =>
  Temporal.Now.plainDateISO(zone).add({ days }).toZonedDateTime({ timeZone: zone, plainTime: '10:00' })
    .epochMilliseconds;
const bookingsOf = async (userId: string) => (await readBookings(app, userId)).bookings;
const visitor = (viewerId: string | null = null) => ({ viewerId, headers: new Headers() });
const freeOn = (slug: string, at: number, lengthMinutes = 30) =>
  readFreeHours(
    app,
    { slug, lengthMinutes, from: at - 3 * 60 * MINUTE_MS, to: at + 3 * 60 * MINUTE_MS },
    visitor(),
  );

beforeAll(async () => {
  database = await createTestDatabase();
  app = testApp(database);
});
afterAll(() => database.drop());

describe('booking', () => {
  test('makes a lesson with its own room that both see at home, in their calendar and in their bell', async () => {
    const { teacher, slug } = await offering();
    const sam = await person('Sam Okafor');
    const at = tenIn(3);
    const booked = await book(app, sam, { slug, lengthMinutes: 30, at });
    for (const [who, role] of [
      [teacher, 'owner'],
      [sam, 'student'],
    ] as const) {
      const home = await readHome(app, who.id);
      expect(home.next).toMatchObject({
        lesson: { id: booked.lessonId, title: 'Trial lesson', startsAt: at },
      });
      expect(home.courses).toMatchObject([{ isBooking: true, title: 'Mara Lindt · Sam Okafor', role }]);
      const calendar = await readCalendar(app, who.id, { from: at - DAY_MS, to: at + DAY_MS });
      expect(calendar.lessons).toMatchObject([{ id: booked.lessonId, timeZone: zone, durationMinutes: 30 }]);
      expect(await readBell(app, who.id)).toMatchObject([
        { kind: 'booked', facts: { lesson: 'Trial lesson' } },
      ]);
      expect(await bookingsOf(who.id)).toMatchObject([{ id: booked.lessonId, role, mayChange: true }]);
    }
    const [lesson] = await database.sql`select notice_due_at from lessons where id = ${booked.lessonId}`;
    expect(lesson?.notice_due_at).not.toBeNull();
  });

  test('100 at once for one slot: one success, 99 clean conflicts that offer other hours', async () => {
    const { slug, teacher } = await offering();
    const students = await Promise.all(Array.from({ length: 100 }, () => person('Sam')));
    const at = tenIn(4);
    const answers = await Promise.allSettled(
      students.map((sam) => book(app, sam, { slug, lengthMinutes: 30, at })),
    );
    const refused = answers.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    expect(answers.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    for (const reason of refused) {
      expect(reason).toMatchObject({ code: 'SLOT_TAKEN' });
      const others = (reason as { details: { others: string } }).details.others.split(',').map(Number);
      expect(others).toHaveLength(6);
      expect(others).not.toContain(at);
      expect(others.every((other) => Math.abs(other - at) < DAY_MS)).toBe(true);
    }
    expect(await bookingsOf(teacher.id)).toHaveLength(1);
  });

  test('twice at hours that overlap is impossible in the table itself, whoever writes to it', async () => {
    const { slug, teacher } = await offering({ hours: { bufferAfterMinutes: 15 } });
    const at = tenIn(5);
    const { lessonId } = await book(app, await person('Sam'), { slug, lengthMinutes: 30, at });
    const other = await book(app, await person('Kim'), { slug, lengthMinutes: 30, at: at + 90 * MINUTE_MS });
    const move = database.sql`update booking_slots set starts_at = ${new Date(at + 40 * MINUTE_MS).toISOString()}::timestamptz
      where lesson_id = ${other.lessonId}`;
    await expect(move).rejects.toMatchObject({ code: '23P01', constraint_name: 'booking_slots_no_overlap' });
    await cancelLessons(app, teacher.id, { lessonId, scope: 'this', version: null });
    await database.sql`update booking_slots set starts_at = ${new Date(at + 40 * MINUTE_MS).toISOString()}::timestamptz
      where lesson_id = ${other.lessonId}`;
  });

  test('of slots with seats goes on until they are taken, however many ask at once', async () => {
    const { slug, teacher } = await offering({ offer: { seats: 3 } });
    const students = await Promise.all(Array.from({ length: 8 }, (_, n) => person(`Student ${n}`)));
    const at = tenIn(4);
    const answers = await Promise.allSettled(
      students.map((one) => book(app, one, { slug, lengthMinutes: 30, at })),
    );
    expect(answers.filter((one) => one.status === 'fulfilled')).toHaveLength(3);
    const [only, ...more] = await bookingsOf(teacher.id);
    expect(more).toEqual([]);
    expect(only?.students).toHaveLength(3);
    const [first] = only?.students ?? [];
    const leaver = students.find(({ id }) => id === first?.id) ?? students[0];
    if (!leaver) throw new Error('Nobody booked');
    await cancelBooking(app, leaver, only?.id ?? '');
    expect((await freeOn(slug, at)).find((hour) => hour.at === at)).toEqual({ at, seatsLeft: 1 });
    expect(await bookingsOf(leaver.id)).toEqual([]);
  });

  test('the other lengths and offers of a teacher share their time', async () => {
    const { teacher, slug } = await offering({ hours: { maxADay: 2 } });
    const other = await createOffer(app, teacher, { ...what, title: 'Consultation', timeZone: zone });
    const at = tenIn(6);
    await book(app, await person('Sam'), { slug, lengthMinutes: 60, at });
    const kim = await person('Kim');
    const half = { slug: other.slug, lengthMinutes: 30, at: at + 30 * MINUTE_MS };
    await expect(book(app, kim, half)).rejects.toMatchObject({ code: 'SLOT_TAKEN' });
    await book(app, kim, { ...half, at: at + 60 * MINUTE_MS });
    expect(await freeOn(slug, at)).toEqual([]);
  });

  test('keeps clear of the lessons that the teacher teaches, their own and others’', async () => {
    const { teacher, slug } = await offering();
    const owner = await person('Olga');
    const { id: courseId } = await courses.createCourse(app, owner.id, { title: 'Optics', description: '' });
    await courses.enrol(app, owner.id, { courseId, email: teacher.email, role: 'teacher' });
    const at = tenIn(7);
    const startsAt = new Date(at).toISOString().slice(0, 16);
    const lesson = { courseId, title: 'Lenses', startsAt, timeZone: 'UTC', durationMinutes: 60 };
    await lessons.scheduleLesson(app, owner.id, lesson);
    const sam = await person('Sam');
    await expect(book(app, sam, { slug, lengthMinutes: 30, at: at + 30 * MINUTE_MS })).rejects.toMatchObject({
      code: 'SLOT_TAKEN',
    });
    await book(app, sam, { slug, lengthMinutes: 30, at: at + 60 * MINUTE_MS });
    // And the other way round: whoever schedules over a booking is told.
    const over = { ...lesson, startsAt: new Date(at + 75 * MINUTE_MS).toISOString().slice(0, 16) };
    expect(await lessons.scheduleLesson(app, owner.id, over)).toMatchObject({
      overlaps: [{ title: null, teacherName: 'Mara Lindt' }],
    });
  });

  test('a lesson that is scheduled while its teacher is being booked is before or after it, not beside it', async () => {
    const { teacher, slug } = await offering();
    const { id: courseId } = await courses.createCourse(app, teacher.id, {
      title: 'Optics',
      description: '',
    });
    const sam = await person('Sam');
    for (let round = 1; round <= 10; round += 1) {
      const at = tenIn(8) + round * 60 * MINUTE_MS;
      const startsAt = new Date(at).toISOString().slice(0, 16);
      const lesson = { courseId, title: 'Lenses', startsAt, timeZone: 'UTC', durationMinutes: 30 };
      const [scheduled, booked] = await Promise.allSettled([
        lessons.scheduleLesson(app, teacher.id, lesson),
        book(app, sam, { slug, lengthMinutes: 30, at }),
      ]);
      const warned = scheduled.status === 'fulfilled' && scheduled.value.overlaps.length > 0;
      expect(warned).toBe(booked.status === 'fulfilled');
    }
  });
});

describe('bad input', () => {
  test.each([
    ['in the past', -60, 'past'],
    ['inside the notice', 30, 'notice'],
    ['beyond the horizon', 31 * 24 * 60, 'horizon'],
  ])('a booking %s', async (_name, minutes, reason) => {
    const { slug } = await offering();
    const at = Math.ceil(Date.now() / (30 * MINUTE_MS)) * 30 * MINUTE_MS + minutes * MINUTE_MS;
    const near = reason === 'notice' ? Date.now() + 30 * MINUTE_MS : at;
    const wish = { slug, lengthMinutes: 30, at: Math.round(near) };
    await expect(book(app, await person('Sam'), wish)).rejects.toMatchObject({
      code: 'BAD_INPUT',
      details: { field: 'at', reason },
    });
  });

  test('an hour that is not offered, a length that is not, an offer that is closed, one’s own', async () => {
    const { slug, teacher, offerId } = await offering();
    const sam = await person('Sam');
    const wish = { slug, lengthMinutes: 30, at: tenIn(3) };
    await expect(book(app, sam, { ...wish, at: wish.at + 7 * MINUTE_MS })).rejects.toMatchObject({
      code: 'SLOT_TAKEN',
    });
    await expect(book(app, sam, { ...wish, lengthMinutes: 45 })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      details: { field: 'lengthMinutes' },
    });
    await expect(book(app, teacher, wish)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    await changeOffer(app, teacher.id, { ...what, offerId, open: false });
    await expect(book(app, sam, wish)).rejects.toMatchObject({ code: 'ENROLMENT_CLOSED' });
    await expect(book(app, sam, { ...wish, slug: 'no-such-offer' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('a booking of another account is nobody else’s to move, cancel or see', async () => {
    const { slug } = await offering();
    const [sam, eve] = [await person('Sam'), await person('Eve')];
    const { lessonId } = await book(app, sam, { slug, lengthMinutes: 30, at: tenIn(3) });
    await expect(moveBooking(app, eve, { lessonId, at: tenIn(4) })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(cancelBooking(app, eve, lessonId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const ask = { slug, lengthMinutes: 30, from: tenIn(3), to: tenIn(4), lessonId };
    await expect(readFreeHours(app, ask, visitor(eve.id))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await bookingsOf(eve.id)).toEqual([]);
  });

  test('an unknown zone, ranges that end before they begin or overlap, a date twice', () => {
    const ok = { ...rules, weekly: always };
    expect(hoursInput.safeParse(ok).success).toBe(true);
    expect(hoursInput.safeParse({ ...ok, timeZone: 'Mars/Olympus' }).success).toBe(false);
    expect(hoursInput.safeParse({ ...ok, timeZone: '+02:00' }).success).toBe(false);
    const week = (day: { from: string; to: string }[]) => ({ ...ok, weekly: [day, [], [], [], [], [], []] });
    expect(hoursInput.safeParse(week([{ from: '10:00', to: '09:00' }])).success).toBe(false);
    expect(hoursInput.safeParse(week([{ from: '25:00', to: '26:00' }])).success).toBe(false);
    const overlapping = [
      { from: '09:00', to: '11:00' },
      { from: '10:30', to: '12:00' },
    ];
    expect(hoursInput.safeParse(week(overlapping)).success).toBe(false);
    const date = { date: '2026-12-24', ranges: [] };
    expect(hoursInput.safeParse({ ...ok, exceptions: [date, date] }).success).toBe(false);
    expect(hoursInput.safeParse({ ...ok, exceptions: [{ date: '2026-02-30', ranges: [] }] }).success).toBe(
      false,
    );
    expect(offerInput.safeParse({ ...what, lengths: [] }).success).toBe(false);
    expect(offerInput.safeParse({ ...what, seats: 0 }).success).toBe(false);
  });

  test('HTML in titles stays text', async () => {
    const title = '<img src=x onerror=alert(1)>';
    const { slug } = await offering({ offer: { title } });
    expect(await readPage(app, slug, visitor())).toMatchObject({ title });
    expect(slug).toMatch(/^[a-z0-9-]+$/);
    const { lessonId } = await book(app, await person('<b>Sam</b>'), {
      slug,
      lengthMinutes: 30,
      at: tenIn(3),
    });
    const [lesson] = await database.sql`select title from lessons where id = ${lessonId}`;
    expect(lesson).toMatchObject({ title });
  });

  test('a span longer than a month', async () => {
    const { slug } = await offering();
    const ask = { slug, lengthMinutes: 30, from: 0, to: 46 * DAY_MS };
    await expect(readFreeHours(app, ask, visitor())).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});

describe('changing a booking', () => {
  test('a student moves it: the same lesson in the same room, and the hour before is free again', async () => {
    const { slug, teacher } = await offering();
    const [sam, kim] = [await person('Sam'), await person('Kim')];
    const [from, to] = [tenIn(4), tenIn(5)];
    const { lessonId } = await book(app, sam, { slug, lengthMinutes: 30, at: from });
    // Half an hour later overlaps nothing but itself.
    await moveBooking(app, sam, { lessonId, at: from + 30 * MINUTE_MS });
    expect(await moveBooking(app, sam, { lessonId, at: to })).toMatchObject({ lessonId, startsAt: to });
    expect(await bookingsOf(sam.id)).toMatchObject([{ id: lessonId, startsAt: to, version: 3 }]);
    expect((await readBell(app, teacher.id))[0]).toMatchObject({
      kind: 'booking-moved',
      facts: { name: 'Sam', startsAt: to },
    });
    await book(app, kim, { slug, lengthMinutes: 30, at: from });
    await expect(moveBooking(app, sam, { lessonId, at: from })).rejects.toMatchObject({ code: 'SLOT_TAKEN' });
    expect(await bookingsOf(sam.id)).toMatchObject([{ startsAt: to }]);
  });

  test('a student cancels until so long before; the teacher at any time', async () => {
    const { slug, teacher } = await offering();
    const sam = await person('Sam');
    const soon = Math.ceil((Date.now() + 2 * 60 * MINUTE_MS) / (30 * MINUTE_MS)) * 30 * MINUTE_MS;
    const { lessonId, courseId } = await book(app, sam, { slug, lengthMinutes: 30, at: soon });
    expect(await bookingsOf(sam.id)).toMatchObject([{ mayChange: false }]);
    await expect(cancelBooking(app, sam, lessonId)).rejects.toMatchObject({
      code: 'BOOKING_TOO_LATE',
      details: { hours: 24 },
    });
    await expect(moveBooking(app, sam, { lessonId, at: tenIn(4) })).rejects.toMatchObject({
      code: 'BOOKING_TOO_LATE',
    });
    // Nor by the way out of a course.
    await expect(leaveCourse(app, sam.id, courseId)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    await moveBooking(app, teacher, { lessonId, at: tenIn(4) });
    expect((await readBell(app, sam.id))[0]).toMatchObject({ kind: 'booking-moved' });
    await cancelBooking(app, teacher, lessonId);
    expect((await readBell(app, sam.id))[0]).toMatchObject({ kind: 'booking-cancelled' });
    expect(await bookingsOf(sam.id)).toMatchObject([{ status: 'cancelled' }]);
    expect((await freeOn(slug, tenIn(4))).map(({ at }) => at)).toContain(tenIn(4));
  });

  test('what the teacher does to its lesson in the calendar happens to the booked hour', async () => {
    const { slug, teacher } = await offering();
    const [sam, kim] = [await person('Sam'), await person('Kim')];
    const [first, second] = [tenIn(4), tenIn(5)];
    const { lessonId } = await book(app, sam, { slug, lengthMinutes: 30, at: first });
    await book(app, kim, { slug, lengthMinutes: 30, at: second });
    const edit = (at: number, version: number) =>
      editLesson(app, teacher.id, {
        ...{ lessonId, scope: 'this' as const, version, title: 'Trial lesson', durationMinutes: 30 },
        ...{ startsAt: new Date(at).toISOString().slice(0, 16), timeZone: 'UTC' },
      });
    await expect(edit(second + 15 * MINUTE_MS, 1)).rejects.toMatchObject({ code: 'SLOT_TAKEN' });
    await edit(second + 60 * MINUTE_MS, 1);
    expect((await freeOn(slug, first)).map(({ at }) => at)).toContain(first);
    expect((await freeOn(slug, second)).map(({ at }) => at)).not.toContain(second + 60 * MINUTE_MS);
    await cancelLessons(app, teacher.id, { lessonId, scope: 'this', version: null });
    await book(app, kim, { slug, lengthMinutes: 30, at: second + 60 * MINUTE_MS });
    await expect(restoreLessons(app, teacher.id, [lessonId])).rejects.toMatchObject({ code: 'SLOT_TAKEN' });
  });

  test('is not put back by its teacher once its student has cancelled it; what the teacher cancelled is', async () => {
    const { teacher, slug } = await offering();
    const sam = await person('Sam');
    const at = tenIn(4);
    const { lessonId } = await book(app, sam, { slug, lengthMinutes: 30, at });
    const shown = async (reader: { id: string }) => {
      const { lessons } = await readCalendar(app, reader.id, { from: at - MINUTE_MS, to: at + MINUTE_MS });
      const { upcoming } = await listLessons(app, reader.id, lessons[0]?.courseId ?? '');
      return [...lessons, ...upcoming].map(({ status, mayRestore }) => ({ status, mayRestore }));
    };
    const twice = <T>(one: T) => [one, one];
    await cancelLessons(app, teacher.id, { lessonId, scope: 'this', version: null });
    expect(await shown(teacher)).toEqual(twice({ status: 'cancelled', mayRestore: true }));
    expect(await shown(sam)).toEqual(twice({ status: 'cancelled', mayRestore: false }));
    await restoreLessons(app, teacher.id, [lessonId]);
    expect(await bookingsOf(teacher.id)).toMatchObject([{ status: 'scheduled', givenUp: false }]);
    await cancelBooking(app, sam, lessonId);
    expect(await shown(teacher)).toEqual(twice({ status: 'cancelled', mayRestore: false }));
    expect(await bookingsOf(teacher.id)).toMatchObject([{ status: 'cancelled', givenUp: true }]);
    await expect(restoreLessons(app, teacher.id, [lessonId])).rejects.toMatchObject({
      code: 'BOOKING_GIVEN_UP',
    });
    expect((await freeOn(slug, at)).map((hour) => hour.at)).toContain(at);
    // Anew, by who had it, too.
    expect((await book(app, sam, { slug, lengthMinutes: 30, at })).lessonId).not.toBe(lessonId);
  });

  test('is left by its student through the booking alone: no teacher takes them out of it, or makes them something else', async () => {
    const { teacher, slug } = await offering({ offer: { seats: 2 } });
    const [sam, kim] = [await person('Sam'), await person('Kim')];
    const at = tenIn(4);
    const { courseId } = await book(app, sam, { slug, lengthMinutes: 30, at });
    const out = { courseId, personId: sam.id };
    const refused = { code: 'BOOKED_SEAT' };
    await expect(courses.unenrol(app, teacher.id, out)).rejects.toMatchObject(refused);
    await expect(courses.changeRole(app, teacher.id, { ...out, role: 'presenter' })).rejects.toMatchObject(
      refused,
    );
    expect(await bookingsOf(sam.id)).toHaveLength(1);
    // Who came along to present does not hold a seat.
    await courses.enrol(app, teacher.id, { courseId, email: kim.email, role: 'presenter' });
    await courses.unenrol(app, teacher.id, { courseId, personId: kim.id });
    expect(await courses.getCourse(app, sam.id, courseId)).toMatchObject({ isBooking: true });
  });

  test('is shown free hours of its own length and offer while it is moved, whatever is asked for', async () => {
    const { slug } = await offering();
    const elsewhere = await offering();
    const sam = await person('Sam');
    const at = tenIn(4);
    const { lessonId } = await book(app, sam, { slug, lengthMinutes: 30, at });
    const ask = { slug, from: at - 60 * MINUTE_MS, to: at + 60 * MINUTE_MS, lessonId };
    const hours = await readFreeHours(app, { ...ask, lengthMinutes: 30 }, visitor(sam.id));
    expect(hours).toHaveLength(4);
    expect(await readFreeHours(app, { ...ask, lengthMinutes: 2 ** 40 }, visitor(sam.id))).toEqual(hours);
    const other = { ...ask, slug: elsewhere.slug, lengthMinutes: 30 };
    await expect(readFreeHours(app, other, visitor(sam.id))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('its student moves alone out of an hour that others share', async () => {
    const { slug } = await offering({ offer: { seats: 2 } });
    const [sam, kim] = [await person('Sam'), await person('Kim')];
    const at = tenIn(4);
    const { lessonId } = await book(app, sam, { slug, lengthMinutes: 30, at });
    expect((await book(app, kim, { slug, lengthMinutes: 30, at })).lessonId).toBe(lessonId);
    const moved = await moveBooking(app, sam, { lessonId, at: tenIn(5) });
    expect(moved.lessonId).not.toBe(lessonId);
    expect(await bookingsOf(kim.id)).toMatchObject([{ startsAt: at, students: [{ name: 'Kim' }] }]);
    // And back, to where there is a seat left.
    expect(await moveBooking(app, sam, { lessonId: moved.lessonId, at })).toMatchObject({ lessonId });
  });
});

test('who never offered anything is shown working hours of their own zone to begin with', async () => {
  const mara = await person('Mara');
  const setup = await readSetup(app, mara.id, 'Asia/Kolkata');
  expect(setup).toMatchObject({ offers: [], hours: { timeZone: 'Asia/Kolkata', weekly: { length: 7 } } });
});

test('a month of free hours takes two statements, whatever is booked', async () => {
  const { slug } = await offering();
  const counted = async () => {
    const { app: counting, count } = testApp.counting(database);
    const ask = { slug, lengthMinutes: 30, from: Date.now(), to: Date.now() + 31 * DAY_MS };
    await readFreeHours(counting, ask, visitor());
    return count();
  };
  expect(await counted()).toBe(2);
  const sam = await person('Sam');
  for (let hour = 0; hour < 5; hour += 1) {
    await book(app, sam, { slug, lengthMinutes: 30, at: tenIn(3) + hour * 60 * MINUTE_MS });
  }
  expect(await counted()).toBe(2);
});
