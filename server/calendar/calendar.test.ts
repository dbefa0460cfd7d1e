import '@/server/env-fixture';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import type { App } from '../app';
import { createCourse, enrol } from '../courses/service';
import { createUser } from '../identity/service';
import { cancelLessons, editLesson } from '../lessons/editing';
import { expandRule, scheduleLesson } from '../lessons/service';
import { scheduleSeries } from '../lessons/series';
import { testApp } from '../testing';
import { lessonText, seriesText } from './ics';
import * as calendar from './service';

let database: TestDatabase;
let app: App;
beforeAll(async () => {
  database = await createTestDatabase();
  app = testApp(database);
});
afterAll(() => database.drop());

const person = (name: string) =>
  createUser(app, { email: `${app.newId()}@example.org`, name, password: 'a few plain words' });
const soon = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
const HOSTILE = 'Leaves <script>alert(1)</script>;\\, and\nBEGIN:VEVENT';

async function lesson(title = 'Leaves') {
  const [teacher, student] = [await person('Ada'), await person('Sam')];
  const { id: courseId } = await createCourse(app, teacher.id, { title: 'Botany', description: '' });
  await enrol(app, teacher.id, { courseId, email: student.email, role: 'student' });
  const wish = { courseId, title, startsAt: `${soon}T10:00`, timeZone: 'UTC', durationMinutes: 45 };
  const { lessonId } = await scheduleLesson(app, teacher.id, wish);
  return { teacher, student, courseId, lessonId, wish };
}
const tokenIn = (url: string) => /feed\/(.+)\.ics$/.exec(url)?.[1] ?? '';
/** Lines longer than 75 bytes are folded. */
const unfolded = (text: string) => text.replace(/\r\n[ \t]/g, '').split('\r\n');

describe('a calendar', () => {
  it('shows the lessons of all of a person’s courses, and of nobody else’s', async () => {
    const { student, teacher, lessonId } = await lesson();
    const span = { from: Date.now(), to: Date.now() + 10 * 86_400_000 };
    const lessonsOf = async (id: string) => (await calendar.readCalendar(app, id, span)).lessons;
    expect(await lessonsOf(student.id)).toMatchObject([{ id: lessonId, role: 'student' }]);
    expect(await lessonsOf(teacher.id)).toMatchObject([{ id: lessonId, role: 'owner' }]);
    expect(await lessonsOf((await person('Zoe')).id)).toEqual([]);
  });
  it('knows in which courses one may schedule, and their zones', async () => {
    const { student, teacher, courseId } = await lesson();
    expect(await calendar.listTaught(app, teacher.id)).toEqual([
      { id: courseId, title: 'Botany', timeZone: 'UTC' },
    ]);
    expect(await calendar.listTaught(app, student.id)).toEqual([]);
  });
  it('is read in spans of at most 100 days', async () => {
    const { id } = await person('Zoe');
    for (const span of [
      { from: 2, to: 1 },
      { from: 0, to: 101 * 86_400_000 },
      { from: Number.NaN, to: 1 },
    ]) {
      await expect(calendar.readCalendar(app, id, span)).rejects.toThrow('BAD_INPUT');
    }
  });
});

describe('a feed', () => {
  it('holds the lessons as they are, called off ones too, and no link that lets anybody in', async () => {
    const { student, teacher, lessonId, wish } = await lesson();
    const token = tokenIn((await calendar.makeFeed(app, student.id)).url);
    const first = unfolded(await calendar.readFeed(app, token));
    expect(first).toContain(`UID:lesson-${lessonId}@localhost`);
    expect(first).toContain(`DTSTART:${soon.replaceAll('-', '')}T100000Z`);
    expect(first).toContain('SEQUENCE:1');
    expect(first.join('\n')).not.toContain('/join/');
    await editLesson(app, teacher.id, {
      ...wish,
      lessonId,
      scope: 'this',
      version: 1,
      startsAt: `${soon}T12:00`,
    });
    expect(unfolded(await calendar.readFeed(app, token))).toEqual(
      expect.arrayContaining([`DTSTART:${soon.replaceAll('-', '')}T120000Z`, 'SEQUENCE:2']),
    );
    await cancelLessons(app, teacher.id, { lessonId, scope: 'this', version: null });
    expect(unfolded(await calendar.readFeed(app, token))).toEqual(
      expect.arrayContaining(['STATUS:CANCELLED', 'SEQUENCE:3']),
    );
  });
  it('that was turned off stays void, also when there is a new one', async () => {
    const { student } = await lesson();
    const { url } = await calendar.makeFeed(app, student.id);
    await calendar.dropFeed(app, student.id);
    expect(await calendar.readFeedUrl(app, student.id)).toEqual({ url: null });
    await expect(calendar.readFeed(app, tokenIn(url))).rejects.toMatchObject({ code: 'LINK_INVALID' });
    await calendar.dropFeed(app, student.id);
    const again = await calendar.makeFeed(app, student.id);
    expect(again.url).not.toBe(url);
    await expect(calendar.readFeed(app, tokenIn(url))).rejects.toMatchObject({ code: 'LINK_INVALID' });
    expect(await calendar.readFeed(app, tokenIn(again.url))).toContain('BEGIN:VEVENT');
  });
  it('has titles as text: nothing that somebody wrote begins a line', async () => {
    const { student } = await lesson(HOSTILE);
    const lines = unfolded(
      await calendar.readFeed(app, tokenIn((await calendar.makeFeed(app, student.id)).url)),
    );
    expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1);
    expect(lines).toContain('SUMMARY:Leaves <script>alert(1)</script>\\;\\\\\\, and\\nBEGIN:VEVENT');
  });
  it('gives one answer for what was forged, replaced, never made, and for somebody who is gone', async () => {
    const { student } = await lesson();
    const [former, { url }] = [
      await calendar.makeFeed(app, student.id),
      await calendar.makeFeed(app, student.id),
    ];
    expect(await calendar.readFeedUrl(app, student.id)).toEqual({ url });
    const none = await person('Zoe');
    const token = tokenIn(url);
    const bad = [
      tokenIn(former.url),
      `${none.id}.${'A'.repeat(32)}`,
      token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A'),
      'nonsense',
      '',
    ];
    for (const one of bad) {
      await expect(calendar.readFeed(app, one)).rejects.toMatchObject({ code: 'LINK_INVALID', details: {} });
    }
    expect(await calendar.readFeed(app, token)).toContain('BEGIN:VCALENDAR');
    await database.sql`delete from users where id = ${student.id}`;
    await expect(calendar.readFeed(app, token)).rejects.toMatchObject({ code: 'LINK_INVALID', details: {} });
  });
});

describe('a message to a calendar', () => {
  const to = { name: 'Sam "x"\r\nATTENDEE:mailto:evil@example.test', address: 'sam@example.test' };
  const place = {
    host: 'lectern.example.test',
    url: 'https://lectern.example.test/join/p.x',
    organizer: { name: 'Ada', address: 'lectern@lectern.example.test' },
  };
  const berlin = {
    every: { kind: 'weekly' as const, interval: 1, weekdays: ['TU' as const] },
    end: { kind: 'count' as const, count: 4 },
    except: [],
  };

  it('is a series with its rule on its own clock, without what was called off, and with what was moved', async () => {
    const teacher = await person('Ada');
    const { id: courseId } = await createCourse(app, teacher.id, { title: 'Botany', description: '' });
    const wish = {
      courseId,
      title: 'Leaves',
      startsAt: `${soon}T10:00`,
      timeZone: 'Europe/Berlin',
      durationMinutes: 60,
    };
    const { seriesId } = await scheduleSeries(app, teacher.id, { ...wish, rule: berlin });
    const rows = await database.db.query.lessons.findMany({
      where: (one, { eq }) => eq(one.seriesId, seriesId),
      orderBy: (one) => one.occurrence,
    });
    const whole = expandRule(berlin, `${soon}T10:00`);
    const all = whole.ok ? whole.all : [];
    const series = {
      ...wish,
      courseTitle: 'Botany',
      id: seriesId,
      firstLocal: all[0] ?? '',
      version: 3,
      rule: berlin,
      all,
    };
    const lessons = rows.map((row) => ({ ...row, courseTitle: 'Botany' }));
    const [first, second, third] = lessons;
    if (!first || !second || !third) throw new Error('too few lessons');
    second.status = 'cancelled';
    third.moved = true;
    const { method, content } = seriesText(series, lessons, to, place);
    expect(method).toBe('REQUEST');
    const lines = unfolded(content);
    const at = (local: string) => `${local.replaceAll(/[-:]/g, '')}00`;
    expect(lines).toContain('RRULE:FREQ=WEEKLY;INTERVAL=1;WKST=MO;BYDAY=TU;COUNT=4');
    expect(lines).toContain(`DTSTART;TZID=Europe/Berlin:${at(all[0] ?? '')}`);
    expect(lines).toContain(`EXDATE;TZID=Europe/Berlin:${at(all[1] ?? '')}`);
    expect(lines.some((line) => line.startsWith('RECURRENCE-ID') && line.endsWith(at(all[2] ?? '')))).toBe(
      true,
    );
    expect(lines.filter((line) => line === `UID:series-${seriesId}@lectern.example.test`)).toHaveLength(2);
    expect(lines.filter((line) => line.startsWith('ATTENDEE'))).toHaveLength(2);
    const off = lessons.map((one) => ({ ...one, status: 'cancelled' as const }));
    expect(seriesText(series, off, to, place)).toMatchObject({ method: 'CANCEL' });
    const one = lessonText({ ...first, status: 'cancelled' }, to, place);
    expect(one.method).toBe('CANCEL');
    expect(unfolded(one.content)).toEqual(
      expect.arrayContaining([
        'METHOD:CANCEL',
        'STATUS:CANCELLED',
        `UID:lesson-${first.id}@lectern.example.test`,
      ]),
    );
  });
});
