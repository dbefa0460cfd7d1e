'use client';

import { Link2 } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/components/trpc';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { useCall } from '@/components/ui/use-call';
import { MeetNow } from './meet-now';
import type { Home } from './types';

/** A teacher's own room: one address for life, without a course. It is made when they first meet in it. */
export function OwnRoom({ room }: Pick<Home, 'room'>) {
  const t = useTranslations('home');
  const call = useCall();
  const [url, setUrl] = useState<string | null>(null);

  async function showLink(courseId: string) {
    const opened = await call.run(() => trpc.invitations.openLink.mutate({ courseId }));
    if (opened) setUrl(opened.answer.url);
  }

  return (
    <section aria-labelledby="own-room" className="flex flex-col gap-3 border-line border-t pt-6">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="flex min-w-0 flex-1 flex-col gap-1">
          <h2 id="own-room" className="font-semibold text-base">
            {t('room')}
          </h2>
          <p className="text-ink-2 text-sm">
            {t('roomText')}{' '}
            {room && (
              <Link
                href={`/room/${room.slug}`}
                prefetch={false}
                className="text-accent underline underline-offset-3"
              >
                /room/{room.slug}
              </Link>
            )}
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          {room && url && <CopyButton text={url} label={t('copyRoom')} />}
          {room && !url && (
            <Button
              icon={<Link2 size={16} aria-hidden />}
              busy={call.busy}
              onClick={() => void showLink(room.courseId)}
            >
              {t('showRoom')}
            </Button>
          )}
          <MeetNow courseId={null} />
        </div>
      </div>
      {url && <p className="truncate rounded-control bg-surface-2 px-3 py-2 text-ink-2 text-xs">{url}</p>}
      {call.sentence && <Banner tone="warn">{call.sentence}</Banner>}
    </section>
  );
}
