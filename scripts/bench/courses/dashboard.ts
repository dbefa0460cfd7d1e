import { setTimeout as wait } from 'node:timers/promises';
import { connectDatabase } from '@/db/client';
import { readHome } from '@/server/home/service';
import { readUnread } from '@/server/notifications/service';
import { testApp } from '@/server/testing';
import { signUpActor } from '../../actor';
import type { Stack } from '../../stack/stack';
import type { Section } from '../run-sections';
import { percentile } from '../statistics';

const COURSES = 200;
const LESSONS_A_COURSE = 100;
const PEOPLE = 250;
const WARM_UP = 20;
const RUNS = 200;
/** What a page asks beside what it shows: who is signed in. */
const SESSION_QUERY = 1;

/**
 * A teacher with 200 courses, 20,000 lessons and 50,000 enrolments comes home: from the request until the whole page is there, over the
 * loopback. Beside it the same for the data alone, and how many statements a page needs.
 */
export const measureDashboard: Section = async (stack) => {
  const teacher = await signUpActor(stack.appUrl, 'Mara Lindt');
  const userId = (await teacher.trpc.identity.session.query()).user?.id ?? '';
  await fill(stack, userId);
  const page = await time(async () => {
    const answer = await teacher.http.get('/dashboard', { maxRedirects: 0 });
    if (!(await answer.text()).includes('Course ')) throw new Error('home shows no course');
  });
  const data = await time(() => teacher.trpc.home.read.query());
  const queriesPerDashboard = await countStatements(stack, userId);
  return {
    dashboardP50Ms: percentile(page, 0.5),
    dashboardP95Ms: percentile(page, 0.95),
    dashboardDataP95Ms: percentile(data, 0.95),
    queriesPerDashboard,
  };
};

async function time(ask: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < WARM_UP + RUNS; run += 1) {
    const started = performance.now();
    await ask();
    if (run >= WARM_UP) times.push(performance.now() - started);
    // One person after another comes home, not a flood.
    await wait(5);
  }
  return times;
}

async function fill({ databaseUrl }: Stack, ownerId: string): Promise<void> {
  const { sql } = connectDatabase(databaseUrl, 1);
  try {
    await sql`insert into courses (id, owner_id, title, created_at)
      select gen_random_uuid(), ${ownerId}, 'Course ' || n, now() from generate_series(1, ${COURSES}::int) n`;
    await sql`insert into rooms (id, course_id, slug)
      select gen_random_uuid(), id, 'bench-' || id from courses where owner_id = ${ownerId}`;
    await sql`insert into lessons (id, course_id, room_id, title, starts_at, duration_minutes, time_zone, status)
      select gen_random_uuid(), r.course_id, r.id, 'Lesson ' || n,
        now() + (n - ${LESSONS_A_COURSE / 2}::int) * interval '1 day' + (random() * 600) * interval '1 minute', 60, 'Europe/Berlin',
        (case when n < ${LESSONS_A_COURSE / 2}::int then 'ended' else 'scheduled' end)::lesson_status
      from rooms r join courses c on c.id = r.course_id and c.owner_id = ${ownerId},
        generate_series(1, ${LESSONS_A_COURSE}::int) n`;
    await sql`insert into users (id, email, name)
      select gen_random_uuid(), 'bench' || n || '@example.test', 'Student ' || n from generate_series(1, ${PEOPLE}::int) n`;
    await sql`insert into enrolments (course_id, user_id, role, created_at)
      select c.id, u.id, 'student', now() - random() * interval '90 days'
      from courses c, users u where c.owner_id = ${ownerId} and u.email like 'bench%@example.test'`;
    await sql`vacuum analyze`;
  } finally {
    await sql.end();
  }
}

/** The statements of the page, counted where they are sent. */
async function countStatements({ databaseUrl, env }: Stack, userId: string): Promise<number> {
  let statements = 0;
  const { db, sql } = connectDatabase(databaseUrl, 4, () => {
    statements += 1;
    return () => undefined;
  });
  try {
    const app = testApp(
      { db, sql, url: databaseUrl, drop: () => sql.end() },
      { LECTERN_URL: env.LECTERN_URL ?? '' },
    );
    await readHome(app, userId);
    await readUnread(app, userId);
    return statements + SESSION_QUERY;
  } finally {
    await sql.end();
  }
}
