import { getLocale, getTranslations } from 'next-intl/server';
import { LanguageMenu } from '@/components/site/language-choice';
import { SiteHeader } from '@/components/site/site-header';
import { buttonClass } from '@/components/ui/button';
import { CoverPicture } from '../cover-picture';
import { SyllabusList } from '../syllabus-list';
import { JoinPanel } from './join-panel';
import type { CoursePageView, Entrance } from './types';

type Props = { page: CoursePageView; entrance: Entrance; signedIn: boolean };

/** A course as anybody sees it who has its address: what it is, when it meets, and one button. */
export async function CoursePage({ page, entrance, signedIn }: Props) {
  const [t, locale] = await Promise.all([getTranslations('coursePage'), getLocale()]);
  const { title, description, teacherName, language, level, cover, sections, offers } = page;
  const facts = [
    t('with', { name: teacherName }),
    t('taughtIn', { language: new Intl.DisplayNames(locale, { type: 'language' }).of(language) ?? language }),
    ...(level === 'all' ? [] : [t(`level.${level}`)]),
  ];
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader home="/">
        <LanguageMenu />
        {/* A plain link: nothing of the app is loaded ahead for a visitor. */}
        <a href={signedIn ? '/dashboard' : '/sign-in'} className={buttonClass('quiet')}>
          {signedIn ? t('dashboard') : t('signIn')}
        </a>
      </SiteHeader>
      <main className="mx-auto grid w-full max-w-5xl flex-1 grid-cols-[minmax(0,1fr)] content-start gap-x-12 gap-y-8 px-4 pt-8 pb-16 sm:px-6 lg:grid-cols-[minmax(0,1fr)_20rem] lg:grid-rows-[auto_1fr]">
        <div className="flex min-w-0 flex-col gap-6">
          {cover && (
            <div className="aspect-16/7 w-full overflow-hidden rounded-panel border border-line bg-surface-2">
              <CoverPicture title={title} url={cover} />
            </div>
          )}
          <div className="flex flex-col gap-2">
            <h1 className="font-semibold text-xl [overflow-wrap:anywhere]">{title}</h1>
            <p className="text-ink-2 text-sm [overflow-wrap:anywhere]">{facts.join(' · ')}</p>
          </div>
          {description && (
            <p className="max-w-prose whitespace-pre-line leading-relaxed [overflow-wrap:anywhere]">
              {description}
            </p>
          )}
        </div>
        <JoinPanel page={page} entrance={entrance} signedIn={signedIn} />
        <div className="flex min-w-0 flex-col gap-10">
          <SyllabusList sections={sections} />
          {offers.length > 0 && <Offers offers={offers} />}
        </div>
      </main>
    </div>
  );
}

/** What its teacher can be booked for. */
async function Offers({ offers }: Pick<CoursePageView, 'offers'>) {
  const t = await getTranslations('coursePage');
  return (
    <section aria-labelledby="book" className="flex flex-col gap-2">
      <h2 id="book" className="font-semibold text-base">
        {t('book')}
      </h2>
      <ul className="flex flex-wrap gap-2">
        {offers.map(({ slug, title, lengths }) => (
          <li key={slug} className="min-w-0 max-w-full">
            <a href={`/book/${slug}`} className={buttonClass('secondary', 'medium', 'max-w-full')}>
              <span className="truncate">{t('bookOffer', { title, minutes: lengths.join(' / ') })}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
