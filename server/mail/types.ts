/** Where a mail leads: by its reader's own link, or else to a page of ours. The link itself is made when the mail is written: nothing secret is stored. */
export type MailWay = { link: { id: string; version: number } | null; path: string };

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
  /** The way into a lesson, once more, for who lost the link. */
  'join-link': { lessonTitle: string; courseTitle: string; startsAt: number; timeZone: string; url: string };
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
  to: { address: string; name: string; userId: string | null };
  template: Name;
  data: MailTemplates[Name];
  calendar?: MailCalendar;
  /** Not before; at once by default. */
  at?: Date;
  /** Of no use to anybody after that. */
  expiresAt?: Date;
};
