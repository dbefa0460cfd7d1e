'use client';

import { Languages } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { type ReactNode, useTransition } from 'react';
import { useRefusalSentence } from '@/components/refusal-sentence';
import { Select } from '@/components/ui/field';
import { toast } from '@/components/ui/toast';
import { isLocale, LANGUAGE_NAMES, type Locale, LOCALES } from '@/messages/locales';

/** Changes the language of the page in place: what one typed, and a class that runs, stay as they are. */
function useLanguage() {
  const router = useRouter();
  const sentenceOf = useRefusalSentence();
  const locale = useLocale();
  const [busy, begin] = useTransition();

  function choose(wanted: string) {
    if (!isLocale(wanted) || wanted === locale) return;
    begin(async () => {
      // Loaded when it is wanted: pages for visitors do without it.
      const { trpc, refusalOf } = await import('@/components/trpc');
      try {
        await trpc.identity.chooseLanguage.mutate({ locale: wanted });
      } catch (error) {
        void toast(sentenceOf(refusalOf(error)), { tone: 'error' });
        return;
      }
      begin(() => router.refresh());
    });
  }
  return { locale, busy, choose };
}

/** On a phone. Not the code of the language: UK would be read as a country. */
const SHORT: Record<Locale, string> = { en: 'EN', de: 'DE', es: 'ES', uk: 'УКР' };

const options: ReactNode = LOCALES.map((locale) => (
  <option key={locale} value={locale} lang={locale}>
    {LANGUAGE_NAMES[locale]}
  </option>
));

/** For the header of a page that one sees without an account: the language by its own name, and the browser's own list to choose another from. */
export function LanguageMenu() {
  const t = useTranslations('ui');
  const { locale, busy, choose } = useLanguage();
  return (
    <label className="relative flex h-9 items-center gap-1.5 rounded-control px-2 text-ink-2 text-sm hover:bg-ink/6 hover:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent">
      <Languages aria-hidden size={17} className={busy ? 'animate-pulse' : ''} />
      <span aria-hidden>
        <span className="sm:hidden">{isLocale(locale) && SHORT[locale]}</span>
        <span className="max-sm:hidden">{isLocale(locale) && LANGUAGE_NAMES[locale]}</span>
      </span>
      <span className="sr-only">{t('language')}</span>
      {/* 16 px: phones zoom into smaller ones. */}
      <select
        value={locale}
        onChange={(event) => choose(event.target.value)}
        className="absolute inset-0 w-full cursor-pointer appearance-none bg-surface text-base text-ink opacity-0"
      >
        {options}
      </select>
    </label>
  );
}

/** For a menu: a line of its own. */
export function LanguageField() {
  const t = useTranslations('ui');
  const { locale, busy, choose } = useLanguage();
  return (
    <label className="flex items-center gap-2.5">
      <Languages aria-hidden size={17} className={`shrink-0 text-ink-3 ${busy ? 'animate-pulse' : ''}`} />
      <span className="sr-only">{t('language')}</span>
      <span className="min-w-0 flex-1">
        <Select value={locale} onChange={(event) => choose(event.target.value)}>
          {options}
        </Select>
      </span>
    </label>
  );
}
