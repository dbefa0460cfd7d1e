import { describe, expect, it } from 'vitest';
import { chooseLocale, firstWeekday, LANGUAGE_NAMES, LOCALES } from './locales';

describe.each(LOCALES)('%s', (locale) => {
  it('begins its weeks as Unicode says, and calls itself as Unicode does', () => {
    const known = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo: () => { firstDay: number } };
    expect(firstWeekday(locale)).toBe(known.getWeekInfo().firstDay);
    const name = new Intl.DisplayNames(locale, { type: 'language' }).of(locale);
    expect(LANGUAGE_NAMES[locale].toLowerCase()).toBe(name?.toLowerCase());
  });
});

describe('the language of a request', () => {
  it('is the account’s before the browser’s choice, and that before what the browser accepts', () => {
    const all = { account: 'de', cookie: 'es', accepted: 'uk' };
    expect(chooseLocale(all)).toBe('de');
    expect(chooseLocale({ ...all, account: null })).toBe('es');
    expect(chooseLocale({ accepted: 'uk' })).toBe('uk');
  });

  it.each([
    ['uk-UA,uk;q=0.9,en;q=0.8', 'uk'],
    ['fr-FR, de-AT;q=0.7, en;q=0.8', 'en'],
    ['fr, pl;q=0.9, de-CH;q=0.5', 'de'],
    ['ES-419', 'es'],
    ['de;q=0, es;q=0.1', 'es'],
    ['*', 'en'],
    ['', 'en'],
    [';;;q=,,-', 'en'],
    ['de;q=nonsense', 'de'],
  ])('of “%s” is %s', (accepted, locale) => {
    expect(chooseLocale({ accepted })).toBe(locale);
  });

  it('is never one that there is no catalogue for, whatever a cookie or an account says', () => {
    expect(chooseLocale({ account: 'tlh', cookie: '../de', accepted: 'fr' })).toBe('en');
    expect(chooseLocale({ account: '__proto__', cookie: 'constructor' })).toBe('en');
  });
});
