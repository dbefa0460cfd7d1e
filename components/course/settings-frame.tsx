'use client';

import { ChevronLeft } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { LinkPending } from '@/components/ui/link-pending';
import { type SettingsPart, settingsParts } from './settings-parts';

type Props = {
  course: { id: string; title: string };
  manages: boolean;
  current: SettingsPart;
  children: ReactNode;
};

/** On a phone the places stand in a line that is longer than the screen in most languages. */
function bringIntoView(link: HTMLAnchorElement | null): void {
  const line = link?.parentElement;
  if (!line) return;
  const [at, around] = [link.getBoundingClientRect(), line.getBoundingClientRect()];
  line.scrollLeft += at.left - around.left - (around.width - at.width) / 2;
}

/** The settings of a course: its parts as places to go to, and one of them. */
export function SettingsFrame({ course, manages, current, children }: Props) {
  const t = useTranslations('courseSettings');
  return (
    <>
      <Link
        href={`/courses/${course.id}`}
        className="-ml-1.5 mb-4 inline-flex max-w-full items-center gap-1 rounded-control px-1.5 py-1 text-ink-2 text-xs hover:bg-ink/6 hover:text-ink"
      >
        <ChevronLeft size={14} aria-hidden className="shrink-0" />
        <span className="truncate">{course.title}</span>
        <LinkPending />
      </Link>
      <h1 className="mb-6 font-semibold text-xl">{t('title')}</h1>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-8 md:grid-cols-[10rem_minmax(0,1fr)]">
        <nav
          aria-label={t('parts')}
          className="-mx-2 flex gap-0.5 overflow-x-auto px-2 md:mx-0 md:flex-col md:px-0"
        >
          {settingsParts(manages).map((part) => (
            <Link
              key={part}
              href={`/courses/${course.id}/settings/${part}`}
              ref={part === current ? bringIntoView : undefined}
              aria-current={part === current ? 'page' : undefined}
              className={`shrink-0 rounded-control px-2.5 py-1.5 text-sm hover:bg-ink/6 ${
                part === current ? 'bg-ink/7 font-medium text-ink' : 'text-ink-2'
              }`}
            >
              {t(`part.${part}`)}
            </Link>
          ))}
        </nav>
        <section aria-label={t(`part.${current}`)} className="flex min-w-0 max-w-2xl flex-col gap-6">
          {children}
        </section>
      </div>
    </>
  );
}
