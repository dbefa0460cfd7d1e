'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { trpc } from '@/components/trpc';
import { Avatar } from '@/components/ui/avatar';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { useCall } from '@/components/ui/use-call';
import type { JoinRequest } from './types';

/** Who waits to be let in; nothing while nobody does. */
export function RequestList({ courseId, requests }: { courseId: string; requests: readonly JoinRequest[] }) {
  const t = useTranslations('requests');
  if (requests.length === 0) return null;
  return (
    <section aria-labelledby="requests" className="flex flex-col gap-3">
      <h2 id="requests" className="flex items-baseline gap-2 font-semibold text-base">
        {t('title')} <span className="font-normal text-ink-3 text-sm tabular-nums">{requests.length}</span>
      </h2>
      <ul className="divide-y divide-line border-line border-y">
        {requests.map((request) => (
          <RequestRow key={request.userId} courseId={courseId} request={request} />
        ))}
      </ul>
    </section>
  );
}

function RequestRow({ courseId, request }: { courseId: string; request: JoinRequest }) {
  const t = useTranslations('requests');
  const router = useRouter();
  const call = useCall();
  const { userId: personId, name, email } = request;

  async function decide(to: 'admitted' | 'declined') {
    if (await call.run(() => trpc.join.decide.mutate({ courseId, personId, to }))) router.refresh();
  }

  return (
    <li className="flex flex-wrap items-center gap-3 py-2.5">
      <Avatar name={name} seed={personId} />
      <span className="flex min-w-40 flex-1 flex-col">
        <span className="truncate font-medium text-sm">{name}</span>
        <span className="truncate text-ink-3 text-xs">{email}</span>
      </span>
      <span className="flex gap-2">
        <Button size="small" variant="primary" busy={call.busy} onClick={() => void decide('admitted')}>
          {t('admit', { name })}
        </Button>
        <Button size="small" disabled={call.busy} onClick={() => void decide('declined')}>
          {t('decline')}
        </Button>
      </span>
      {call.sentence && (
        <Banner tone="warn" className="basis-full">
          {call.sentence}
        </Banner>
      )}
    </li>
  );
}
