'use client';

import Link from 'next/link';
import { useFormatter, useNow, useTranslations } from 'next-intl';
import { useWhen } from '@/components/ui/when';
import { Spinner } from '@/components/ui/spinner';
import { CallBack } from './call-back';
import type { News } from './use-bell';

type Props = { news: readonly News[] | null; failed: boolean; onLeave: () => void };

/** What changed, newest first; what was new when it was opened stands out. */
export function BellPanel({ news, failed, onLeave }: Props) {
  const t = useTranslations('bell');
  return (
    <section aria-label={t('title')}>
      <h2 className="px-2.5 pt-1.5 pb-1 font-semibold text-sm">{t('title')}</h2>
      {failed && (
        <p role="alert" className="px-2.5 py-2 text-live text-sm">
          {t('failed')}
        </p>
      )}
      {!failed && news === null && (
        <p className="flex items-center gap-2 px-2.5 py-3 text-ink-2 text-sm">
          <Spinner /> {t('loading')}
        </p>
      )}
      {news?.length === 0 && <p className="px-2.5 py-3 text-ink-2 text-sm">{t('none')}</p>}
      <ul>
        {news?.map((one) => (
          <li key={one.id}>
            <NewsLine news={one} onLeave={onLeave} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function NewsLine({ news, onLeave }: { news: News; onLeave: () => void }) {
  const t = useTranslations('bell');
  const format = useFormatter();
  const now = useNow();
  const when = useWhen(now.getTime());
  const { kind, facts, isNew, createdAt } = news;
  const at = Number(facts.startsAt);
  const words = { ...facts, when: Number.isFinite(at) ? `${when.day(at)}, ${when.time(at)}` : '' };
  const href = placeOf(news);
  const body = (
    <>
      <span
        aria-hidden
        className={`mt-1.5 size-2 shrink-0 rounded-full ${isNew ? 'bg-accent' : 'bg-transparent'}`}
      />
      <span className="flex min-w-0 flex-col">
        <span className="[overflow-wrap:anywhere]">
          {isNew && <span className="sr-only">{t('new')} </span>}
          {t(`news.${kind}`, words)}
        </span>
        <span className="text-ink-3 text-xs">
          {format.relativeTime(Math.min(createdAt, now.getTime()), now)}
        </span>
      </span>
    </>
  );
  const look = 'flex gap-2.5 rounded-control px-2.5 py-2 text-sm';
  if (kind === 'call-missed') {
    return (
      <div className="flex items-start gap-2 rounded-control pr-2.5">
        <p className={`${look} min-w-0 flex-1`}>{body}</p>
        <CallBack news={news} onLeave={onLeave} />
      </div>
    );
  }
  if (!href) return <p className={look}>{body}</p>;
  return (
    <Link href={href} prefetch={false} className={`${look} hover:bg-ink/6`} onClick={onLeave}>
      {body}
    </Link>
  );
}

/** Where something that changed is to be seen; null where there is nothing to go to. */
function placeOf({ kind, courseId }: News): string | null {
  switch (kind) {
    case 'file-failed':
      return '/library';
    case 'asked':
      return courseId && `/courses/${courseId}/settings/people`;
    case 'booked':
    case 'booking-moved':
    case 'booking-cancelled':
      return '/bookings';
    case 'declined':
    case 'call-missed':
      return null;
    default:
      return courseId && `/courses/${courseId}`;
  }
}
