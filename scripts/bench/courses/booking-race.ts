import { randomUUID } from 'node:crypto';
import { connectDatabase } from '@/db/client';
import { book } from '@/server/bookings/booking';
import { createOffer, saveHours } from '@/server/bookings/setup';
import { AppError } from '@/server/errors';
import { testApp } from '@/server/testing';
import type { Section } from '../run-sections';

const ROUNDS = 1_000;
const AT_ONCE = 100;
/** As many pools as there would be web processes, each with connections of its own. */
const POOLS = 4;
const CONNECTIONS = 10;
/** So many hours of a teacher are wanted, one after the other; then it is another one's turn. */
const ROUNDS_A_TEACHER = 20;
const HOUR_MS = 3_600_000;

type Who = { id: string; name: string };

/**
 * 1,000 times a hundred people who want the same hour at the same moment: the service against a real Postgres, over four pools of ten connections
 * each (over HTTP the same takes longer than anybody waits). `doubleBookings`: rounds in which not exactly one got it, counted by the
 * answers and in the table; a refusal that is no clean conflict with other hours ends the bench.
 */
export const measureBookingRace: Section = async ({ databaseUrl, appUrl }) => {
  const pools = Array.from({ length: POOLS }, () => connectDatabase(databaseUrl, CONNECTIONS));
  const apps = pools.map(({ db, sql }) => {
    const app = testApp({ db, sql, url: databaseUrl, drop: () => sql.end() }, { LECTERN_URL: appUrl });
    // Standard output is for the figures.
    return { ...app, log: app.log.child({}, { level: 'silent' }) };
  });
  const [app] = apps;
  const [pool] = pools;
  if (!app || !pool) throw new Error('There is no connection');
  const people = async (count: number, name: string): Promise<Who[]> =>
    pool.sql<Who[]>`insert into users (id, email, name)
      select gen_random_uuid(), ${randomUUID()} || n || '@example.test', ${name} from generate_series(1, ${count}::int) n
      returning id, name`;
  let doubleBookings = 0;
  try {
    const students = await people(AT_ONCE, 'Student');
    for (let round = 0; round < ROUNDS; round += ROUNDS_A_TEACHER) {
      const [teacher] = await people(1, 'Teacher');
      if (!teacher) throw new Error('There is no teacher');
      const slug = await offerAlways(app, teacher);
      const first = Math.ceil(Date.now() / HOUR_MS) + 2;
      for (let hour = 0; hour < ROUNDS_A_TEACHER; hour += 1) {
        const at = (first + hour) * HOUR_MS;
        const wish = { slug, lengthMinutes: 60, at };
        const answers = await Promise.allSettled(
          students.map((student, index) => book(apps[index % POOLS] ?? app, student, wish)),
        );
        if (countBooked(answers) !== 1) doubleBookings += 1;
      }
      const [row] = await pool.sql<{ booked: number }[]>`
        select count(*)::int as booked from booking_slots s join enrolments e on e.course_id = s.course_id
        where s.teacher_id = ${teacher.id} and s.status = 'booked'`;
      if (row?.booked !== ROUNDS_A_TEACHER) throw new Error(`${row?.booked} bookings stand in the table`);
    }
    return { doubleBookings, bookingRounds: ROUNDS };
  } finally {
    await Promise.all(pools.map(({ sql }) => sql.end()));
  }
};

async function offerAlways(app: ReturnType<typeof testApp>, teacher: Who): Promise<string> {
  const offer = { title: 'Lesson', description: '', lengths: [60], seats: 1, open: true };
  const { slug } = await createOffer(app, teacher, { ...offer, timeZone: 'Europe/Berlin' });
  await saveHours(app, teacher.id, {
    ...{ timeZone: 'Europe/Berlin', exceptions: [], stepMinutes: 60, maxADay: null, changeMinutes: 60 },
    ...{ bufferBeforeMinutes: 0, bufferAfterMinutes: 0, noticeMinutes: 60, horizonDays: 60 },
    weekly: Array.from({ length: 7 }, () => [{ from: '00:00', to: '24:00' }]),
  });
  return slug;
}

/** How many got the hour. @throws what anybody was answered that is no clean conflict */
function countBooked(answers: readonly PromiseSettledResult<unknown>[]): number {
  for (const answer of answers) {
    if (answer.status === 'fulfilled') continue;
    const reason: unknown = answer.reason;
    const clean = reason instanceof AppError && reason.code === 'SLOT_TAKEN' && reason.details.others !== '';
    if (!clean) throw new Error('A refusal is no clean conflict', { cause: reason });
  }
  return answers.filter(({ status }) => status === 'fulfilled').length;
}
