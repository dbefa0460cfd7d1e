import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import { CATALOGUES } from './catalogues';
import { LOCALES, type Locale } from './locales';

type Messages = { [key: string]: string | Messages };

function flatten(messages: Messages, path = ''): [key: string, message: string][] {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : flatten(value, `${path}${key}.`),
  );
}

const all = Object.fromEntries(
  LOCALES.map((locale) => [locale, new Map(flatten(CATALOGUES[locale]))]),
) as Record<Locale, Map<string, string>>;
const others = LOCALES.filter((locale) => locale !== 'en');

/** Which forms of a number each language tells apart, those of fractions and millions apart. */
const FORMS: Record<Locale, readonly string[]> = {
  en: ['one', 'other'],
  de: ['one', 'other'],
  es: ['one', 'other'],
  uk: ['one', 'few', 'many', 'other'],
};

/** What a message takes: its arguments and tags. Forms of a plural count once: a language may name the number in some of them only. */
function takes(elements: readonly MessageFormatElement[], into = new Set<string>()): Set<string> {
  for (const element of elements) {
    if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
    if (element.type === TYPE.tag) {
      into.add(`<${element.value}>`);
      takes(element.children, into);
      continue;
    }
    into.add(element.value);
    if (element.type === TYPE.select || element.type === TYPE.plural)
      for (const { value } of Object.values(element.options)) takes(value, into);
  }
  return into;
}

function read(locale: Locale, key: string, message: string): MessageFormatElement[] {
  try {
    return parse(message);
  } catch (error) {
    throw new Error(`${key} of messages/${locale}.json can't be read: ${message}`, { cause: error });
  }
}

type Plural = Extract<MessageFormatElement, { type: TYPE.plural }>;

function plurals(elements: readonly MessageFormatElement[]): Plural[] {
  return elements.flatMap((element): Plural[] => {
    if (element.type === TYPE.tag) return plurals(element.children);
    if (element.type !== TYPE.select && element.type !== TYPE.plural) return [];
    const inner = Object.values(element.options).flatMap(({ value }) => plurals(value));
    return element.type === TYPE.plural ? [element, ...inner] : inner;
  });
}

/** Exact numbers (`=1`) may stand for a form that means nothing else. */
function missingForms(locale: Locale, { options }: Plural): string[] {
  return FORMS[locale].filter((form) => {
    if (form in options) return false;
    // In these languages "one" is 1 alone; in Ukrainian it is 21 as well.
    return !(form === 'one' && locale !== 'uk' && '=1' in options);
  });
}

/** What a language needs to know beyond what English says, such as the gender of a weekday. */
const GRAMMAR: Record<string, readonly string[]> = { 'series.monthly': ['gender'] };

/** Messages that are rightly the same word as in English. */
const SAME: Record<Exclude<Locale, 'en'>, readonly string[]> = {
  de: [
    'attendance.devices.computer',
    'attendance.devices.tablet',
    'attendance.name',
    'board.color.orange',
    'board.tool.ellipse',
    'board.tool.text',
    'classroom.bar.chat',
    'library.kind.film',
    'library.name',
    'library.share.address',
    'library.state.film',
    'library.uploads.title',
    'media.liveFrom',
    'personalLinks.name',
    'schedule.duration',
    'attendance.minutes',
    'course.titleExample',
    'ui.when.elsewhere',
  ],
  es: ['board.color.violet', 'bookings.minutes', 'classroom.bar.chat', 'coursePage.bookOffer'],
  uk: [],
};
const SAME_EVERYWHERE = ['invite.addressesExample', 'library.kind.pdf'];

/** A message without letters of its own, such as `{page} / {pages}`, is the same in every language. */
const hasWords = (message: string) => /\p{L}/u.test(message.replaceAll(/\{\w+(, number[^}]*)?\}/g, ''));

describe.each(others)('the catalogue %s', (locale) => {
  const mine = all[locale];

  it('has every key of English and no other', () => {
    const missing = [...all.en.keys()].filter((key) => !mine.has(key));
    const extra = [...mine.keys()].filter((key) => !all.en.has(key));
    expect(
      { missing, extra },
      `messages/${locale}.json lacks ${missing.join(', ')}; has for nothing ${extra.join(', ')}`,
    ).toEqual({ missing: [], extra: [] });
  });

  it('takes the same values and tags as English', () => {
    const wrong = [...mine].flatMap(([key, message]) => {
      const english = all.en.get(key);
      if (english === undefined) return [];
      const wanted = takes(read('en', key, english));
      const given = takes(read(locale, key, message));
      const allowed = new Set([...wanted, ...(GRAMMAR[key] ?? [])]);
      const lost = [...wanted].filter((one) => !given.has(one));
      const unknown = [...given].filter((one) => !allowed.has(one));
      return lost.length + unknown.length > 0 ? [{ key, lost, unknown }] : [];
    });
    expect(wrong).toEqual([]);
  });

  it('is translated: nothing but names stayed as it is in English', () => {
    const same = [...mine]
      .filter(([key, message]) => all.en.get(key) === message && hasWords(message))
      .map(([key]) => key);
    const known = new Set([...SAME[locale], ...SAME_EVERYWHERE]);
    expect(same.filter((key) => !known.has(key))).toEqual([]);
  });
});

describe.each(LOCALES)('every message of %s', (locale) => {
  it('is a message that can be read, with all forms of numbers that the language has', () => {
    const wrong = [...all[locale]].flatMap(([key, message]) => {
      const missing = plurals(read(locale, key, message)).flatMap((plural) => missingForms(locale, plural));
      return missing.length > 0 ? [`${key}: ${missing.join(', ')}`] : [];
    });
    expect(wrong).toEqual([]);
  });

  it('is not empty, and neither begins nor ends with a space', () => {
    const wrong = [...all[locale]].filter(([, message]) => message.trim() !== message || message === '');
    expect(wrong.map(([key]) => key)).toEqual([]);
  });
});
