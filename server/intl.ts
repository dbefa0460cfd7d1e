import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { CATALOGUES } from '@/messages/catalogues';
import { chooseLocale, LOCALE_COOKIE } from '@/messages/locales';
import { getViewer } from './caller';
import { log } from './log';

/** The language of a page, and its catalogue. */
export default getRequestConfig(async () => {
  // First: they say to the build that no page is made ahead.
  const [jar, asked] = await Promise.all([cookies(), headers()]);
  const locale = chooseLocale({
    account: await accountLocale(),
    cookie: jar.get(LOCALE_COOKIE)?.value,
    accepted: asked.get('accept-language'),
  });
  return { locale, messages: CATALOGUES[locale], timeZone: 'UTC' };
});

async function accountLocale(): Promise<string | null> {
  try {
    const viewer = await getViewer();
    return viewer.kind === 'account' ? viewer.user.locale : null;
  } catch (error) {
    // A page that says what went wrong needs a language too, also when nobody can be looked up.
    log.warn({ err: error }, 'language of the account not known');
    return null;
  }
}
