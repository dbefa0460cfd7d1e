import '@/server/env-fixture';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import type { App } from '../app';
import { createCourse, enrol } from '../courses/service';
import { createUser } from '../identity/service';
import { scheduleSeries } from '../lessons/series';
import { scheduleLesson } from '../lessons/service';
import { readLessonLink } from '../links/service';
import { testApp } from '../testing';
import { readLessonFile, readLinkFile, readSeriesFile } from './files';

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

async function course(visibility: 'public' | 'invited') {
  const [teacher, student] = [await person('Ada'), await person('Sam')];
  const { id: courseId, roomSlug } = await createCourse(app, teacher.id, {
    title: 'Botany',
    description: '',
  });
  await enrol(app, teacher.id, { courseId, email: student.email, role: 'student' });
  await database.sql`update courses set visibility = ${visibility} where id = ${courseId}`;
  const wish = { courseId, title: 'Leaves', startsAt: `${soon}T10:00`, timeZone: 'UTC', durationMinutes: 45 };
  const { lessonId } = await scheduleLesson(app, teacher.id, wish);
  return { teacher, student, lessonId, wish, roomSlug };
}

describe('a lesson as a file', () => {
  it('is for those in its course, and leads to the room', async () => {
    const { teacher, student, lessonId, roomSlug } = await course('invited');
    for (const who of [teacher, student]) {
      const text = await readLessonFile(app, who.id, lessonId);
      expect(text).toContain('SUMMARY:Leaves');
      expect(text.replaceAll('\r\n ', '')).toContain(`/room/${roomSlug}`);
    }
    const stranger = await person('Zoe');
    for (const who of [stranger.id, null]) {
      await expect(readLessonFile(app, who, lessonId)).rejects.toMatchObject({
        code: 'NOT_FOUND',
        details: {},
      });
    }
  });
  it('of a public course is for everybody, and leads to its page', async () => {
    const { lessonId, roomSlug } = await course('public');
    const text = await readLessonFile(app, null, lessonId);
    expect(text.replaceAll('\r\n ', '')).toContain(`/c/${roomSlug}`);
    expect(text).not.toContain('/room/');
  });
  it('answers alike for what is not there', async () => {
    for (const id of [app.newId(), 'nonsense', '']) {
      await expect(readLessonFile(app, null, id)).rejects.toMatchObject({ code: 'NOT_FOUND', details: {} });
    }
    const { teacher, lessonId } = await course('invited');
    await expect(readSeriesFile(app, teacher.id, lessonId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
  it('of a link leads to its door; a link that was called off or forged gives none', async () => {
    const { teacher, lessonId } = await course('invited');
    const { url } = await readLessonLink(app, teacher.id, lessonId);
    const token = url.split('/').at(-1) ?? '';
    expect((await readLinkFile(app, token)).replaceAll('\r\n ', '')).toContain(`/join/${token}`);
    await expect(readLinkFile(app, `${token.slice(0, -2)}xx`)).rejects.toMatchObject({
      code: 'LINK_INVALID',
    });
    await database.sql`update lessons set status = 'cancelled' where id = ${lessonId}`;
    await expect(readLinkFile(app, token)).rejects.toMatchObject({ code: 'LESSON_ENDED' });
  });
});

it('a series as a file has its rule and its zone', async () => {
  const { student, teacher, wish } = await course('invited');
  const every = { kind: 'weekly' as const, interval: 1, weekdays: ['TU' as const, 'TH' as const] };
  const rule = { every, end: { kind: 'count' as const, count: 6 }, except: [] };
  const { seriesId } = await scheduleSeries(app, teacher.id, { ...wish, timeZone: 'Europe/Berlin', rule });
  const [row] = await database.sql<
    { id: string }[]
  >`select id from lessons where series_id = ${seriesId} limit 1`;
  const text = await readSeriesFile(app, student.id, row?.id ?? '');
  expect(text).toContain('RRULE:FREQ=WEEKLY;INTERVAL=1;WKST=MO;BYDAY=TU,TH;COUNT=6');
  expect(text).toContain('BEGIN:VTIMEZONE');
  await expect(readSeriesFile(app, null, row?.id ?? '')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
