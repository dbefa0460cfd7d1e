import { connectDatabase } from '@/db/client';
import { readFreeHours } from '@/server/bookings/page';
import { testApp } from '@/server/testing';
import { signUpActor } from '../../actor';
import type { Stack } from '../../stack/stack';
import type { Section } from '../run-sections';
import { percentile } from '../statistics';

const MONTH_MS = 31 * 86_400_000;
const RUNS = 200;
const WARM_UP = 20;
const BOOKED = 120;
const LESSONS = 2_000;

/**
 * A month of free hours of a busy teacher: two ranges a day, exceptions, 120 booked hours and 2,000 lessons in forty courses, over a change of
 * the clocks. From the question until the whole answer is there, over HTTP on the loopback; beside it the service alone.
 */
export const measureSlots: Section = async (stack) => {
  const teacher = await signUpActor(stack.appUrl, 'Mara Lindt');
  const userId = (await teacher.trpc.identity.session.query()).user?.id ?? '';
  const offer = { title: 'Trial lesson', description: '', seats: 1, open: true, lengths: [30, 60] };
  const { id: offerId, slug } = await teacher.trpc.bookings.createOffer.mutate({ ...offer, timeZone: 'UTC' });
  const day = [
    { from: '08:00', to: '12:30' },
    { from: '13:30', to: '19:00' },
  ];
  await teacher.trpc.bookings.saveHours.mutate({
    ...{ timeZone: 'Europe/Berlin', weekly: [day, day, day, day, day, [{ from: '09:00', to: '13:00' }], []] },
    exceptions: Array.from({ length: 40 }, (_, n) => ({
      date: dateIn(n * 3),
      ranges: n % 2 === 0 ? [] : day,
    })),
    ...{ stepMinutes: 15, bufferBeforeMinutes: 5, bufferAfterMinutes: 10, noticeMinutes: 120 },
    ...{ horizonDays: 300, maxADay: 12, changeMinutes: 1440 },
  });
  await fill(stack, userId, offerId);
  const times: number[] = [];
  const { db, sql } = connectDatabase(stack.databaseUrl, 2);
  try {
    const app = testApp({ db, sql, url: stack.databaseUrl, drop: () => sql.end() });
    const alone: number[] = [];
    let found = 0;
    for (let run = 0; run < WARM_UP + RUNS; run += 1) {
      const from = Date.now() + (run % 5) * MONTH_MS;
      const ask = { slug, lengthMinutes: 30, from, to: from + MONTH_MS };
      const started = performance.now();
      found += (await teacher.trpc.bookings.freeHours.query(ask)).length;
      const between = performance.now();
      await readFreeHours(app, ask, { viewerId: null, headers: new Headers() });
      if (run < WARM_UP) continue;
      times.push(between - started);
      alone.push(performance.now() - between);
    }
    if (found === 0) throw new Error('No hour is free');
    return {
      slotsP50Ms: percentile(times, 0.5),
      slotsP95Ms: percentile(times, 0.95),
      slotsServiceP95Ms: percentile(alone, 0.95),
    };
  } finally {
    await sql.end();
    await teacher.dispose();
  }
};

const dateIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** Booked hours all over the next months, and lessons of forty courses that the same person teaches. */
async function fill({ databaseUrl }: Stack, ownerId: string, offerId: string): Promise<void> {
  const { sql } = connectDatabase(databaseUrl, 1);
  try {
    await sql.begin(async (tx) => {
      await tx`insert into courses (id, owner_id, title, kind)
        select gen_random_uuid(), ${ownerId}, 'Bench ' || n, (case when n <= ${BOOKED}::int then 'booking' else 'course' end)::course_kind
        from generate_series(1, ${BOOKED + 40}::int) n`;
      await tx`insert into rooms (id, course_id, slug)
        select gen_random_uuid(), id, 'slots-' || id from courses where owner_id = ${ownerId} and title like 'Bench %'`;
      await tx`insert into lessons (id, course_id, room_id, title, starts_at, duration_minutes, time_zone)
        select gen_random_uuid(), c.id, r.id, 'Booked', date_trunc('day', now()) + (n * 30 + 9) * interval '1 hour', 30, 'Europe/Berlin'
        from (select id, row_number() over (order by id) as n from courses where owner_id = ${ownerId} and kind = 'booking') c
        join rooms r on r.course_id = c.id`;
      await tx`insert into booking_slots (id, teacher_id, offer_id, course_id, lesson_id, starts_at, ends_at, buffer_before_minutes, buffer_after_minutes)
        select gen_random_uuid(), ${ownerId}, ${offerId}, l.course_id, l.id, l.starts_at - interval '5 minutes',
          l.starts_at + interval '40 minutes', 5, 10
        from lessons l join courses c on c.id = l.course_id where c.owner_id = ${ownerId} and c.kind = 'booking'`;
      await tx`insert into lessons (id, course_id, room_id, title, starts_at, duration_minutes, time_zone)
        select gen_random_uuid(), r.course_id, r.id, 'Lesson', now() + (n * 300 / ${LESSONS / 40}::int - 100) * interval '1 day'
          + (random() * 600) * interval '1 minute', 45, 'Europe/Berlin'
        from rooms r join courses c on c.id = r.course_id and c.owner_id = ${ownerId} and c.title like 'Bench %' and c.kind = 'course',
          generate_series(1, ${LESSONS / 40}::int) n`;
    });
    await sql`vacuum analyze`;
  } finally {
    await sql.end();
  }
}
