import { render } from '@react-email/components';
import { createTranslator } from 'next-intl';
import type { ReactElement } from 'react';
import { CATALOGUES } from '@/messages/catalogues';
import { isLocale } from '@/messages/locales';
import { courseInvitation } from './templates/course-invitation';
import { joinLink } from './templates/join-link';
import { lessonInvitation } from './templates/lesson-invitation';
import { lessonReminder } from './templates/lesson-reminder';
import type { MailSettings, MailWriter, WrittenMail } from './sending';
import { type Reader, readerTimes } from './templates/reader-times';
import type { MailTemplate, MailTemplates, MailWay } from './types';

export type Say = (key: string, values?: Record<string, string | number>) => string;
/** What a template gets: its data, its sentences (`mail.<template>` in the messages), and the reader's clock. */
export type Writing<Name extends MailTemplate> = {
  data: MailTemplates[Name];
  say: Say;
  times: Reader;
  /** The address that a mail leads to. */
  wayIn: (way: MailWay) => string;
  /** What goes below every mail: why it came, and where its kind is switched off. */
  frame: { locale: string; say: Say; offUrl: string | null };
};
export type Template<Name extends MailTemplate> = {
  subject: (writing: Writing<Name>) => string;
  body: (writing: Writing<Name>) => ReactElement;
};

/** Every mail by its name; a file beside this one each. */
const templates: { [Name in MailTemplate]: Template<Name> } = {
  'join-link': joinLink,
  'course-invitation': courseInvitation,
  'lesson-invitation': lessonInvitation,
  'lesson-reminder': lessonReminder,
};

/** Writes a mail as text and HTML, in its reader's language and on their clock; without one, on the clock of the lesson's zone. */
export const writeMail: MailWriter = (template, data, settings) =>
  writeWith(templates[template] as unknown as Template<MailTemplate>, data, { template, ...settings });

async function writeWith<Name extends MailTemplate>(
  { subject, body }: Template<Name>,
  data: MailTemplates[Name],
  settings: MailSettings & { template: Name },
): Promise<WrittenMail> {
  const locale = isLocale(settings.locale) ? settings.locale : 'en';
  const translate = createTranslator({ locale, messages: CATALOGUES[locale], namespace: 'mail' });
  const say: Say = (key, values) => translate(key as 'why', values as never);
  const own: Say = (key, values) => say(`${settings.template}.${key}`, values);
  const writing: Writing<Name> = {
    data,
    say: own,
    times: readerTimes(locale, settings.timeZone),
    wayIn: settings.wayIn,
    frame: { locale, say, offUrl: settings.offUrl },
  };
  const element = body(writing);
  const [html, text] = await Promise.all([render(element), render(element, { plainText: true })]);
  // A title may hold what a header must not.
  return {
    subject: subject(writing)
      .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
      .trim(),
    html,
    text,
  };
}
