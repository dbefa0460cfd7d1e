'use client';

import type { inferRouterOutputs } from '@trpc/server';
import { PhoneIncoming, PhoneMissed, PhoneOutgoing } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';
import { useWhen } from '@/components/ui/when';
import type { AppRouter } from '@/server/router';

type PastCall = inferRouterOutputs<AppRouter>['calls']['list'][number];

/** One's own calls in a course: nobody else sees them. `now` is the server's clock, ms. */
export function PastCalls({ now, calls }: { now: number; calls: readonly PastCall[] }) {
  const t = useTranslations('calls.past');
  if (calls.length === 0) return null;
  return (
    <section aria-labelledby="calls" className="flex flex-col gap-3">
      <h2 id="calls" className="font-semibold text-base">
        {t('title')}
      </h2>
      <ul className="flex flex-col gap-2.5">
        {calls.map((call) => (
          <li key={call.id}>
            <CallLine call={call} now={now} />
          </li>
        ))}
      </ul>
      <p className="text-ink-3 text-xs">{t('own')}</p>
    </section>
  );
}

function CallLine({ call, now }: { call: PastCall; now: number }) {
  const t = useTranslations('calls.past');
  const when = useWhen(now);
  const { outgoing, state, startedAt, answeredAt, endedAt, person, slug } = call;
  const spoke = answeredAt !== null;
  const missed = !spoke && !outgoing && state !== 'declined';
  const Icon = missed ? PhoneMissed : outgoing ? PhoneOutgoing : PhoneIncoming;
  const way = outgoing ? 'outgoing' : 'incoming';
  const minutes = spoke && endedAt !== null ? Math.max(1, Math.round((endedAt - answeredAt) / 60_000)) : null;
  return (
    <div className="flex items-center gap-3">
      <Icon size={16} aria-hidden className={missed ? 'shrink-0 text-live' : 'shrink-0 text-ink-3'} />
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="truncate font-medium text-sm leading-tight">
          <span className="sr-only">{t(way)} </span>
          {person.name}
        </span>
        <span className="text-ink-3 text-xs">
          {`${when.day(startedAt)}, ${when.time(startedAt)} · ${minutes === null ? t(`state.${state}`) : t('minutes', { count: minutes })}`}
        </span>
      </span>
      {slug && (
        <ButtonLink href={`/room/${slug}`} size="small" prefetch={false}>
          {t('return')}
        </ButtonLink>
      )}
    </div>
  );
}
