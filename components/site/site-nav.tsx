'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';

const PLACES = [
  { href: '/dashboard', name: 'classes', also: '/courses' },
  { href: '/calendar', name: 'calendar', also: '/calendar' },
  { href: '/library', name: 'library', also: '/library' },
] as const;

/** The places of somebody who is signed in. */
export function SiteNav() {
  const t = useTranslations('site.nav');
  const path = usePathname();
  return (
    <nav
      aria-label={t('label')}
      className="mr-auto flex min-w-0 gap-0.5 max-sm:overflow-x-auto max-sm:[scrollbar-width:none] sm:ml-4"
    >
      {PLACES.map(({ href, name, also }) => {
        const here = path.startsWith(href) || path.startsWith(also);
        return (
          <Link
            key={href}
            href={href}
            aria-current={here ? 'page' : undefined}
            className={`rounded-control px-2 py-1.5 text-sm sm:px-2.5 hover:bg-ink/6 ${here ? 'font-medium text-ink' : 'text-ink-2'}`}
          >
            {t(name)}
          </Link>
        );
      })}
    </nav>
  );
}
