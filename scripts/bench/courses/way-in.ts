import { chromium } from '@playwright/test';
import { connectDatabase } from '@/db/client';
import { prepareClass } from '../../../e2e/support/class';
import { CHROMIUM_ARGS, chromiumPath } from '../../chromium';
import { teach, timeLinks } from '../link-to-picture';
import { numberAfter, type Section } from '../run-sections';
import { percentile } from '../statistics';

const PEOPLE = 200;
const LESSONS = 100;

/**
 * As `bench:join` measures it, from a personal link to the teacher's moving picture: into a class whose door is watched, of a course with
 * a roster and a calendar.
 */
export const measureWayIn: Section = async (stack) => {
  const prepared = await prepareClass(stack.appUrl, 'Optics');
  await fill(stack.databaseUrl, prepared.courseId);
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_ARGS });
  try {
    await teach(browser, stack, prepared);
    await watchDoor(prepared);
    const { ours, bare } = await timeLinks(browser, stack, prepared, numberAfter('runs', 20));
    return {
      linkToPictureP50Ms: percentile(ours, 0.5),
      linkToPictureP95Ms: percentile(ours, 0.95),
      bareP50Ms: percentile(bare, 0.5),
    };
  } finally {
    await browser.close();
  }
};

/** From now on who is not on the roster asks; a personal link is. */
async function watchDoor({ teacher, slug }: Awaited<ReturnType<typeof prepareClass>>): Promise<void> {
  const { opening } = await teacher.trpc.classroom.open.query({ slug });
  const command = { id: crypto.randomUUID(), type: 'door.set', payload: { asks: true, locked: false } };
  const { results } = await teacher.trpc.rooms.send.mutate({ roomId: opening.roomId, commands: [command] });
  for (const result of results) if (!result.ok) throw new Error(`The door is not watched: ${result.code}`);
}

async function fill(databaseUrl: string, courseId: string): Promise<void> {
  const { sql } = connectDatabase(databaseUrl, 1);
  try {
    await sql`with people as (
        insert into users (id, email, name)
        select gen_random_uuid(), 'roster' || n || '@example.test', 'Student ' || n
        from generate_series(1, ${PEOPLE}::int) n returning id)
      insert into enrolments (course_id, user_id, role) select ${courseId}, id, 'student' from people`;
    await sql`insert into lessons (id, course_id, room_id, title, starts_at, duration_minutes, time_zone)
      select gen_random_uuid(), ${courseId}, id, 'Lesson ' || n, now() + n * interval '1 day', 60, 'Europe/Berlin'
      from rooms, generate_series(1, ${LESSONS}::int) n where course_id = ${courseId}`;
  } finally {
    await sql.end();
  }
}
