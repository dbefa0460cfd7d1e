import type { App } from '../app';
import {
  type LessonNews,
  type MailCalendar,
  type MailTemplates,
  type MailWish,
  WAY_IN,
} from '../mail/service';
import { lessonText, seriesText } from './ics';
import type { OwnLink } from './own-links';
import type { Unit } from './queries/invitations';
import { type Step, type Subject, upcoming } from './subjects';

export type Recipient = { userId: string; email: string; name: string; staff: boolean };
type Wanted = { subject: Subject; step: Step; to: Recipient; sequence: number };
type Words = MailTemplates['lesson-invitation'];

/** What a mail tells of one by one; the rest it counts. */
const TOLD_AT_ONCE = 8;

/** The mail that brings somebody's calendar up to date about a series or a lesson. @param link  their own; null: they sign in */
export function invitationMail(
  app: Pick<App, 'env'>,
  course: Unit['course'],
  { subject, step, to, sequence }: Wanted,
  link: OwnLink | null,
): MailWish<'lesson-invitation'> {
  const [first] = subject.lessons;
  const { kind, news } = wordsOf(subject, step, course.now);
  return {
    // One for each step of their calendar: who writes it again writes the same one.
    key: `calendar:${subject.id}:${to.userId}:${sequence}`,
    to: { address: to.email, name: to.name, userId: to.userId },
    template: 'lesson-invitation',
    data: {
      ...{ kind, series: subject.series !== null, news: news.slice(0, TOLD_AT_ONCE) },
      more: Math.max(0, news.length - TOLD_AT_ONCE),
      last: news.at(-1)?.at ?? null,
      title: news.length === 1 && news[0] ? news[0].title : ((subject.series ?? first)?.title ?? ''),
      ...{ courseTitle: course.courseTitle, teacherName: course.teacherName },
      timeZone: (subject.series ?? first)?.timeZone ?? 'UTC',
      way: { link, path: `/room/${course.roomSlug}` },
    },
    calendar: calendarOf(app, course, { subject, step, to, sequence }),
  };
}

/** What the mail says, whatever its calendar part has to. */
function wordsOf(
  subject: Subject,
  step: Step,
  clock: number,
): { kind: Words['kind']; news: readonly LessonNews[] } {
  const { news, open } = subject;
  if (step === 'leave') return { kind: 'left', news: [] };
  if (step === 'invite') {
    // The second half of a series that was cut in two is another event for calendars; to people its lessons have moved.
    const known = news.length > 0 && news.every(({ what }) => what !== 'on');
    return known ? { kind: 'changed', news } : { kind: 'invited', news: upcoming(subject, clock) };
  }
  if (news.length === 0) return { kind: 'shortened', news };
  return { kind: open ? 'changed' : 'cancelled', news };
}

/** With a place for their own link, which is put in when the mail is sent: nothing secret is stored. */
function calendarOf(
  { env }: Pick<App, 'env'>,
  { courseTitle, teacherName }: Unit['course'],
  { subject, step, to, sequence }: Wanted,
): MailCalendar {
  const { hostname: host } = new URL(env.LECTERN_URL);
  const organizer = { name: teacherName, address: senderOf(env.MAIL_FROM, host) };
  const place = { host, url: WAY_IN, organizer };
  const person = { name: to.name, address: to.email };
  const off = step === 'leave' || step === 'cancel';
  const lessons = subject.lessons.map((lesson) => ({
    ...lesson,
    ...{ courseTitle, version: sequence, status: off ? ('cancelled' as const) : lesson.status },
  }));
  const [first] = lessons;
  if (subject.series) {
    const series = { ...subject.series, courseTitle, version: sequence, all: subject.all };
    return seriesText(series, lessons, person, place);
  }
  if (!first) throw new Error('There is no lesson to invite to');
  return lessonText(first, person, place);
}

/** Where answers of calendars go: where mail comes from, or programs would not believe it. */
function senderOf(from: string | undefined, host: string): string {
  return /<([^<>]+)>\s*$/.exec(from ?? '')?.[1] ?? from ?? `lectern@${host}`;
}
