import type { MailCategory, MailTemplate, MailTemplates } from './types';

type Categories = { [Name in MailTemplate]: (data: MailTemplates[Name]) => MailCategory | null };

/** What switches a mail off; null: one asked for it oneself, and it is sent in any case. */
const CATEGORIES: Categories = {
  'join-link': () => null,
  'course-invitation': () => 'courses',
  'lesson-invitation': () => 'lessons',
  'lesson-reminder': ({ kind }) => `reminder-${kind}`,
};

/** @param data  what the mail was queued with: null for a template that is not there any more */
export function categoryOf(template: MailTemplate, data: unknown): MailCategory | null {
  const find = CATEGORIES[template] as ((data: unknown) => MailCategory | null) | undefined;
  return find ? find(data) : null;
}
