import { describe, expect, it } from 'vitest';
import { LOCALES } from '@/messages/locales';
import { writeMail } from './write';

const reminder = {
  ...{ kind: 'hour' as const, lessonTitle: 'The Moon', courseTitle: 'Astronomy' },
  ...{ startsAt: Date.parse('2026-11-24T09:00:00Z'), timeZone: 'Europe/Berlin' },
  way: { link: null, path: '/courses/1' },
};
const write = (locale: string, timeZone: string | null = 'Europe/Kyiv') =>
  writeMail('lesson-reminder', reminder, {
    ...{ locale, timeZone, offUrl: null },
    wayIn: ({ path }) => `https://lectern.test${path}`,
  });

describe('a mail', () => {
  it.each([
    ['en', 'In an hour: The Moon', 'Tuesday, November 24, 2026 at 11:00 AM'],
    ['de', 'In einer Stunde: The Moon', 'Dienstag, 24. November 2026 um 11:00'],
    ['es', 'Dentro de una hora: The Moon', 'martes, 24 de noviembre de 2026, 11:00'],
    ['uk', 'За годину: The Moon', 'вівторок, 24 листопада 2026 р. о 11:00'],
  ])(
    'in %s has its subject and its time in that language, on the reader’s clock',
    async (locale, subject, time) => {
      const mail = await write(locale);
      expect(mail.subject).toBe(subject);
      expect(mail.text).toContain(time);
      expect(mail.html).toContain(`lang="${locale}"`);
    },
  );

  it('is said in English to whom nobody knows a language of, and on the clock of the lesson', async () => {
    const mail = await write('tlh', null);
    expect(mail.subject).toBe('In an hour: The Moon');
    expect(mail.text).toContain('10:00 AM');
  });

  it('has no sentence missing in any language', async () => {
    for (const locale of LOCALES) expect((await write(locale)).text).not.toMatch(/lesson-reminder|mail\./);
  });
});
