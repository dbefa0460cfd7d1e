'use client';

import { Video } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/components/trpc';
import { Button, type ButtonSize } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { useAttempt } from '@/components/ui/use-attempt';
import { useViewerZone } from '@/components/ui/viewer-zone';
import { useWhen } from '@/components/ui/when';

type Props = {
  /** Null: one's own room. */
  courseId: string | null;
  size?: ButtonSize;
};
type Met = Awaited<ReturnType<typeof trpc.home.meetNow.mutate>>;
type Due = Extract<Met, { due: unknown }>['due'];

/** Starts a class that nobody scheduled, and goes there; at the hour of a lesson it offers that lesson first. */
export function MeetNow({ courseId, size }: Props) {
  const t = useTranslations('home');
  const router = useRouter();
  const timeZone = useViewerZone();
  const attempt = useAttempt();
  const [busy, setBusy] = useState(false);
  const [due, setDue] = useState<Due | null>(null);

  /** @param begin  starts something: gives the address of its room; null: there is something to ask first */
  async function start(begin: () => Promise<string | null>) {
    setBusy(true);
    const begun = await attempt(begin);
    if (!begun) setDue(null);
    const slug = begun?.answer ?? null;
    // Busy until the room is there: a second press would only ask again for what is on its way.
    if (slug === null) setBusy(false);
    else router.push(`/room/${slug}`);
  }
  const meet = (anyway: boolean) =>
    start(async () => {
      const met = await trpc.home.meetNow.mutate({ courseId, title: t('meetingTitle'), timeZone, anyway });
      if ('slug' in met) return met.slug;
      setDue(met.due);
      return null;
    });
  const startDue = ({ lessonId, slug }: Due) =>
    start(async () => {
      await trpc.lessons.start.mutate({ lessonId });
      return slug;
    });

  return (
    <>
      <Button
        size={size}
        icon={<Video size={16} aria-hidden />}
        busy={busy && !due}
        onClick={() => void meet(false)}
      >
        {t('meetNow')}
      </Button>
      {due && (
        <DueDialog
          due={due}
          busy={busy}
          onStart={() => void startDue(due)}
          onMeet={() => void meet(true)}
          onClose={() => setDue(null)}
        />
      )}
    </>
  );
}

type DueProps = { due: Due; busy: boolean; onStart: () => void; onMeet: () => void; onClose: () => void };

/** A lesson is planned for now: its people wait at its door, not at that of another class. */
function DueDialog({ due, busy, onStart, onMeet, onClose }: DueProps) {
  const t = useTranslations('home.due');
  const { title, courseTitle: course, startsAt } = due;
  const when = useWhen(startsAt);
  return (
    <Dialog title={t('title', { title })} onClose={onClose}>
      <div className="flex flex-col gap-4">
        <p className="text-sm [overflow-wrap:anywhere]">{t('text', { time: when.time(startsAt), course })}</p>
        <div className="flex flex-wrap gap-2">
          <Button variant="primary" busy={busy} onClick={onStart}>
            {t('start')}
          </Button>
          <Button variant="quiet" disabled={busy} onClick={onMeet}>
            {t('instead')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
