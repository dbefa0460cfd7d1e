'use client';

import { Link2, Link2Off } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { trpc } from '@/components/trpc';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { useCall } from '@/components/ui/use-call';

/** The link that brings anybody to the course's page; what they find there, its enrolment says. */
export function CourseLink({ courseId, url }: { courseId: string; url: string | null }) {
  const t = useTranslations('invite.link');
  const router = useRouter();
  const call = useCall();

  async function change(ask: () => Promise<unknown>) {
    if (await call.run(ask)) router.refresh();
  }

  return (
    <section aria-labelledby="course-link" className="flex flex-col gap-3">
      <div className="flex flex-col gap-1">
        <h2 id="course-link" className="font-semibold text-base">
          {t('title')}
        </h2>
        <p className="text-ink-2 text-sm">{t('text')}</p>
      </div>
      {url && <p className="truncate rounded-control bg-surface-2 px-3 py-2 text-ink-2 text-xs">{url}</p>}
      {call.sentence && <Banner tone="warn">{call.sentence}</Banner>}
      <div className="flex flex-wrap gap-2">
        {url ? (
          <>
            <CopyButton text={url} label={t('copy')} />
            <Button
              variant="quiet"
              icon={<Link2Off size={16} aria-hidden />}
              busy={call.busy}
              onClick={() => void change(() => trpc.invitations.closeLink.mutate({ courseId }))}
            >
              {t('close')}
            </Button>
          </>
        ) : (
          <Button
            icon={<Link2 size={16} aria-hidden />}
            busy={call.busy}
            onClick={() => void change(() => trpc.invitations.openLink.mutate({ courseId }))}
          >
            {t('open')}
          </Button>
        )}
      </div>
    </section>
  );
}
