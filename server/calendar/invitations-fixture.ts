import ICAL from 'ical.js';
import type { TestDatabase } from '@/db/testing';
import { mailboxMailer } from '../adapters/mail/mailbox';
import type { App } from '../app';
import { createCourse, enrol } from '../courses/service';
import { createUser } from '../identity/service';
import { scheduleSeries } from '../lessons/series';
import { scheduleLesson } from '../lessons/service';
import { mailboxStore } from '../mail/queries';
import * as mail from '../mail/service';
import { writeMail } from '../mail/write';
import { tellClasses } from './invitations';

/** What a calendar program reads in a mail. */
export type ReadEvent = { uid: string; sequence: number; summary: string; status: string; url: string };
export type ReadMail = {
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
  calendar: string;
  method: string;
  events: ReadEvent[];
};

/** The events of a calendar, by another program's reading. */
export function readEvents(calendar: string): { method: string; events: ReadEvent[] } {
  const root = new ICAL.Component(ICAL.parse(calendar) as unknown[]);
  const events = root.getAllSubcomponents('vevent').map((one) => ({
    uid: String(one.getFirstPropertyValue('uid')),
    sequence: Number(one.getFirstPropertyValue('sequence')),
    summary: String(one.getFirstPropertyValue('summary')),
    status: String(one.getFirstPropertyValue('status')),
    url: String(one.getFirstPropertyValue('url')),
  }));
  return { method: String(root.getFirstPropertyValue('method')), events };
}

/** What the clock of its zone shows at each lesson of a calendar: the rule, without what is left out, with what was moved. */
export function occurrencesIn(calendar: string): string[] {
  const root = new ICAL.Component(ICAL.parse(calendar) as unknown[]);
  const all = root.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));
  const main = all.find((one) => !one.isRecurrenceException());
  if (!main) return [];
  for (const one of all) if (one !== main) main.relateException(one);
  const found: string[] = [];
  const next = main.iterator();
  for (let at = next.next(); at; at = next.next()) {
    found.push(main.getOccurrenceDetails(at).startDate.toString().slice(0, 16));
  }
  return found.toSorted();
}

const { signal } = new AbortController();
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** Classes, and what reaches their people by mail. */
export function makeWorld(app: App, database: TestDatabase) {
  const person = async (name: string, timeZone: string | null = null) => {
    const email = `${app.newId()}@example.org`;
    const { id } = await createUser(app, { email, name: 'Somebody', password: 'a few plain words' });
    // As it is, whatever names are cleaned to.
    await database.sql`update users set name = ${name}, time_zone = ${timeZone} where id = ${id}`;
    return { id, email };
  };
  const course = async (title = 'Botany') => {
    const teacher = await person('Ada');
    const { id: courseId } = await createCourse(app, teacher.id, { title, description: '' });
    const join = (email: string, role: 'student' | 'teacher' = 'student') =>
      enrol(app, teacher.id, { courseId, email, role });
    return { teacher, courseId, join };
  };
  const lesson = async (title = 'Leaves', zone: string | null = null) => {
    const made = await course();
    const student = await person('Sam', zone);
    await made.join(student.email);
    const wish = { title, startsAt: `${inDays(9)}T10:00`, timeZone: 'Europe/Berlin', durationMinutes: 45 };
    const { lessonId } = await scheduleLesson(app, made.teacher.id, { ...wish, courseId: made.courseId });
    return { ...made, student, lessonId, wish };
  };
  const series = async (count = 5) => {
    const made = await course();
    const student = await person('Sam');
    await made.join(student.email);
    const weekday = (['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const)[new Date(inDays(9)).getUTCDay()];
    const wish = {
      title: 'Leaves',
      startsAt: `${inDays(9)}T10:00`,
      timeZone: 'Europe/Berlin',
      durationMinutes: 45,
    };
    const { seriesId, lessonIds } = await scheduleSeries(app, made.teacher.id, {
      ...{ ...wish, courseId: made.courseId },
      rule: {
        every: { kind: 'weekly', interval: 1, weekdays: weekday ? [weekday] : [] },
        end: { kind: 'count', count },
        except: [],
      },
    });
    return { ...made, student, seriesId, lessonIds, wish };
  };
  /** The half minute is over in which what was done may be taken back. */
  const letTimePass = async () => {
    const then = database.sql`now() - interval '1 second'`;
    await database.sql`update lessons set notice_due_at = ${then} where notice_due_at is not null`;
    await database.sql`update lesson_series set notice_due_at = ${then} where notice_due_at is not null`;
    await database.sql`update calendar_checks set due_at = ${then}`;
  };
  const send = () =>
    mail.sendDueMails({ app, mailer: mailboxMailer(mailboxStore(app.db)), write: writeMail, signal });
  const seen = new Set<string>();
  return {
    ...{ person, course, lesson, series, letTimePass, send },
    tell: () => tellClasses(app, signal),
    /** Lets the time pass, tells everybody, and sends what is due. */
    async settle() {
      await letTimePass();
      await tellClasses(app, signal);
      await send();
    },
    /** What somebody got since they looked last, oldest first. */
    async news(address: string): Promise<ReadMail[]> {
      const lines = (await mail.readMailbox(app, address)).filter((line) => !seen.has(line.messageId));
      for (const line of lines) seen.add(line.messageId);
      const mails = await Promise.all(
        lines.toReversed().map((line) => mail.readMailboxMail(app, line.messageId)),
      );
      return mails.map(({ subject, text, html, headers, calendar }) => ({
        ...{ subject, text: text.replaceAll(/\s+/g, ' '), html, headers, calendar: calendar ?? '' },
        ...readEvents(calendar ?? ''),
      }));
    },
    version: async (lessonId: string) => {
      const [row] = await database.sql<
        { version: number }[]
      >`select version from lessons where id = ${lessonId}`;
      return row?.version ?? 0;
    },
    /** What the clock shows at the lessons that take place. */
    held: async (ids: readonly string[]) => {
      const rows = await database.sql<{ at: string }[]>`
        select to_char(starts_at at time zone time_zone, 'YYYY-MM-DD"T"HH24:MI') as at from lessons
        where id in ${database.sql([...ids])} and status = 'scheduled' order by starts_at`;
      return rows.map(({ at }) => at);
    },
  };
}
