import type { Locale } from '@/messages/locales';

/** Where a mail leads: by its reader's own link, or else to a page of ours. The link itself is made when the mail is written: nothing secret is stored. */
export type MailWay = { link: { id: string; version: number } | null; path: string };

/** What is new about a lesson: it takes place, is at another time, has another name, or is called off. `was`: what its people knew. */
export type LessonNews = {
  what: 'on' | 'moved' | 'renamed' | 'off';
  title: string;
  at: number;
  minutes: number;
  was: { title: string; at: number; minutes: number } | null;
};

/** What each mail is told, by its template's name. Adding a mail means a line here and a file in `templates/`. Instants in ms since the epoch. */
export type MailTemplates = {
  'lesson-reminder': {
    kind: 'day' | 'hour' | 'minutes';
    lessonTitle: string;
    courseTitle: string;
    startsAt: number;
    timeZone: string;
    way: MailWay;
  };
  /** What is new about a lesson or a series, with what brings a calendar up to date. */
  'lesson-invitation': {
    /** `shortened`: a part of the series goes on as another one. `left`: it is not theirs any more. */
    kind: 'invited' | 'changed' | 'shortened' | 'cancelled' | 'left';
    title: string;
    courseTitle: string;
    teacherName: string;
    timeZone: string;
    series: boolean;
    /** Soonest first; `more`: how many are not told one by one, `last`: the latest of all. */
    news: readonly LessonNews[];
    more: number;
    last: number | null;
    way: MailWay;
  };
  /** The ways into somebody's lessons, once more, for who lost their link. `gone`: what became of the lesson whose link it was. */
  'join-link': {
    lessons: readonly { title: string; courseTitle: string; at: number; timeZone: string; way: MailWay }[];
    gone: { title: string; status: 'ended' | 'cancelled' } | null;
  };
  /** Somebody is asked into a course. */
  'course-invitation': { courseTitle: string; teacherName: string; url: string };
};
export type MailTemplate = keyof MailTemplates;

/** What somebody may switch off by itself. Mail that one asked for oneself has none. */
export const MAIL_CATEGORIES = [
  'reminder-day',
  'reminder-hour',
  'reminder-minutes',
  'lessons',
  'courses',
] as const;
export type MailCategory = (typeof MAIL_CATEGORIES)[number];

export type MailCalendar = { method: 'REQUEST' | 'CANCEL' | 'PUBLISH'; content: string };

/** A mail that is to be sent. */
export type MailWish<Name extends MailTemplate = MailTemplate> = {
  /** What makes it this mail and no other: asked for twice, it is sent once. */
  key: string;
  to: {
    address: string;
    name: string;
    userId: string | null;
    /** The language for who has no account; English where nothing is said. */
    locale?: Locale;
  };
  template: Name;
  data: MailTemplates[Name];
  calendar?: MailCalendar;
  /** Not before; at once by default. */
  at?: Date;
  /** Of no use to anybody after that. */
  expiresAt?: Date;
};
