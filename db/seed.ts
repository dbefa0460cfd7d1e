import { eq } from 'drizzle-orm';
import { Temporal } from 'temporal-polyfill';
import { type App, getApp } from '@/server/app';
import { createCourse, enrol, listCourses } from '@/server/courses/service';
import { createUser } from '@/server/identity/service';
import { scheduleLesson } from '@/server/lessons/service';
import { listLessons } from '@/server/lessons/views';
import { users } from './schema';

const PASSWORD = 'lectern-demo';
const PEOPLE = {
  teacher: { email: 'teacher@lectern.local', name: 'Tessa Lind' },
  presenter: { email: 'presenter@lectern.local', name: 'Pravin Rao' },
  student: { email: 'student@lectern.local', name: 'Sam Okafor' },
} as const;
const COURSE = {
  title: 'Introduction to Astronomy',
  description:
    'The night sky from a city balcony: what moves up there, why, and how we know. Eight evenings, no mathematics beyond school.',
};
const LESSONS = ['The Moon and its faces', 'Why planets wander'];

/**
 * Fills a development database with three accounts and a course that has a lesson today and one tomorrow. Running it again
 * adds only what is missing: yesterday's lesson makes room for a new one.
 */
export async function seedDemo(app: App): Promise<void> {
  const teacher = await account(app, PEOPLE.teacher);
  await account(app, PEOPLE.presenter);
  await account(app, PEOPLE.student);
  const courseId = await astronomy(app, teacher);
  await enrol(app, teacher, { courseId, email: PEOPLE.presenter.email, role: 'presenter' });
  await enrol(app, teacher, { courseId, email: PEOPLE.student.email, role: 'student' });
  const { upcoming, now } = await listLessons(app, teacher, courseId);
  const next = soon(now);
  const dayOf = (at: number) =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(next.timeZoneId).toPlainDate().toString();
  const taken = new Set(upcoming.map((lesson) => dayOf(lesson.startsAt)));
  for (const [days, title] of LESSONS.entries()) {
    const startsAt = next.add({ days });
    if (taken.has(startsAt.toPlainDate().toString())) continue;
    await scheduleLesson(app, teacher, {
      courseId,
      title,
      startsAt: startsAt.toPlainDateTime().toString({ smallestUnit: 'minute' }),
      timeZone: next.timeZoneId,
      durationMinutes: 60,
    });
  }
}

/** The next quarter of an hour on this machine's clock, from ms since the epoch: a lesson that can be started right away. */
function soon(now: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO(Temporal.Now.timeZoneId())
    .round({ smallestUnit: 'minute', roundingIncrement: 15, roundingMode: 'ceil' });
}

async function account(app: App, person: { email: string; name: string }): Promise<string> {
  const [known] = await app.db.select({ id: users.id }).from(users).where(eq(users.email, person.email));
  return (known ?? (await createUser(app, { ...person, password: PASSWORD }))).id;
}

async function astronomy(app: App, ownerId: string): Promise<string> {
  const known = (await listCourses(app, ownerId)).find((course) => course.title === COURSE.title);
  return (known ?? (await createCourse(app, ownerId, COURSE))).id;
}

const app = getApp();
await seedDemo(app);
await app.sql.end();
