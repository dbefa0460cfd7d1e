/** The languages of the interface; each has a catalogue beside this file. The first is what nobody asked for another gets. */
export const LOCALES = ['en', 'de', 'es', 'uk'] as const;
export type Locale = (typeof LOCALES)[number];

/** What each language calls itself. */
export const LANGUAGE_NAMES: Record<Locale, string> = {
  en: 'English',
  de: 'Deutsch',
  es: 'Español',
  uk: 'Українська',
};

/** The cookie that keeps a browser's choice of language, for whoever is not signed in. */
export const LOCALE_COOKIE = 'lectern-locale';

/** In an address: the language that it was written down in, for who has chosen none. */
export const LOCALE_PARAM = 'lang';

/** The same address, in a language. */
export function inLanguage(url: URL, locale: Locale): URL {
  const there = new URL(url);
  there.searchParams.set(LOCALE_PARAM, locale);
  return there;
}

export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value);
}

/** Weekdays from 1 (Monday) to 7 (Sunday), as `Intl.Locale` has them: not every browser can be asked. */
const FIRST_WEEKDAY: Record<Locale, number> = { en: 7, de: 1, es: 1, uk: 1 };

/** The weekday that a week begins with in a calendar, from 1 (Monday) to 7 (Sunday). */
export function firstWeekday(locale: string): number {
  return isLocale(locale) ? FIRST_WEEKDAY[locale] : 1;
}

type Wishes = {
  /** What the account of who is signed in says. */
  account?: string | null;
  cookie?: string | null;
  /** An `Accept-Language` header. */
  accepted?: string | null;
};

/** The language for somebody: their account's, else their browser's choice, else the first of ours that the browser accepts, else English. */
export function chooseLocale({ account, cookie, accepted }: Wishes): Locale {
  return [account, cookie, ...acceptedLanguages(accepted ?? '')].find(isLocale) ?? LOCALES[0];
}

/** The languages of an `Accept-Language` header without their regions, the most wanted first. */
function acceptedLanguages(header: string): string[] {
  return header
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...params] = part.trim().split(';');
      const quality = params.map((param) => /^\s*q=([\d.]+)\s*$/i.exec(param)?.[1]).find(Boolean);
      return { language: tag.split('-')[0]?.toLowerCase() ?? '', quality: Number(quality ?? 1) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ language }) => language);
}
