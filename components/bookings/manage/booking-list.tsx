'use client';

import { CalendarClock, CalendarX } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ClassButton } from '@/components/schedule/class-button';
import { useCancelLesson } from '@/components/schedule/lesson-actions';
import { LessonRow } from '@/components/schedule/lesson-row';
import { trpc } from '@/components/trpc';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog } from '@/components/ui/dialog';
import { IconButton } from '@/components/ui/icon-button';
import { toast } from '@/components/ui/toast';
import { useCall } from '@/components/ui/use-call';
import { useWhen } from '@/components/ui/when';
import type { BookingView } from '../types';

const HOUR_MS = 3_600_000;

/** What is booked with somebody and by them, soonest first. */
export function BookingList({ bookings, now }: { bookings: readonly BookingView[]; now: number }) {
  return (
    <ul className="divide-y divide-line border-line border-y">
      {bookings.map((booking) => (
        <BookingRow key={booking.id} booking={booking} now={now} />
      ))}
    </ul>
  );
}

function BookingRow({ booking, now }: { booking: BookingView; now: number }) {
  const t = useTranslations('bookings');
  const { role, students, teacherName, startsAt, status, mayChange, title } = booking;
  const teaches = role === 'owner';
  const names = students.map(({ name }) => name).join(', ');
  const soon = status === 'live' || (status === 'scheduled' && startsAt - now < (teaches ? 24 : 1) * HOUR_MS);
  return (
    <LessonRow
      lesson={booking}
      now={now}
      course={teaches ? names || t('nobody') : t('with', { name: teacherName })}
      below={<Below booking={booking} names={names} />}
    >
      {mayChange && (
        <>
          <Link
            href={`/book/${booking.offerSlug}?move=${booking.id}`}
            prefetch={false}
            aria-label={t('move', { title })}
            title={t('move', { title })}
            className="inline-grid size-9 place-items-center rounded-control text-ink-2 transition-colors hover:bg-ink/6 hover:text-ink"
          >
            <CalendarClock size={16} aria-hidden />
          </Link>
          {teaches ? <CallOff booking={booking} /> : <GiveUp booking={booking} now={now} />}
        </>
      )}
      {status === 'cancelled' && teaches && !booking.givenUp && <PutBack booking={booking} />}
      {soon && <ClassButton lesson={booking} course={booking} variant="secondary" />}
    </LessonRow>
  );
}

/** Why a booking can't be changed by who looks at it, or put back. */
function Below({ booking, names }: { booking: BookingView; names: string }) {
  const t = useTranslations('bookings');
  const { status, mayChange, teacherName, role, givenUp, offerUrl } = booking;
  if (status === 'scheduled' && !mayChange) {
    const hours = Math.ceil(booking.changeMinutes / 60);
    return <p className="text-ink-3 text-xs">{t('fixed', { name: teacherName, hours })}</p>;
  }
  if (status !== 'cancelled' || role !== 'owner' || !givenUp) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
      <p className="text-ink-2 text-xs [overflow-wrap:anywhere]">{t('givenUp', { name: names })}</p>
      <CopyButton text={offerUrl} label={t('copyOffer')} size="small" />
    </div>
  );
}

/** The teacher cancels at once, and may take it back. */
function CallOff({ booking }: { booking: BookingView }) {
  const t = useTranslations('bookings');
  const { cancel } = useCancelLesson(booking);
  return (
    <IconButton label={t('cancel', { title: booking.title })} onClick={() => void cancel()}>
      <CalendarX size={16} aria-hidden />
    </IconButton>
  );
}

function PutBack({ booking }: { booking: BookingView }) {
  const t = useTranslations('lesson');
  const { restore } = useCancelLesson(booking);
  return (
    <Button variant="quiet" size="small" onClick={() => void restore()}>
      {t('restore')}
    </Button>
  );
}

/** A student gives the hour back: somebody else may have it the next moment, so they are asked first. */
function GiveUp({ booking, now }: { booking: BookingView; now: number }) {
  const t = useTranslations('bookings');
  const when = useWhen(now);
  const router = useRouter();
  const call = useCall();
  const [open, setOpen] = useState(false);
  const { id: lessonId, title, startsAt, teacherName } = booking;

  async function cancel() {
    const done = await call.run(() => trpc.bookings.cancel.mutate({ lessonId }));
    if (!done) return;
    setOpen(false);
    router.refresh();
    await toast(t('cancelled', { title }));
  }
  return (
    <>
      <IconButton label={t('cancel', { title })} onClick={() => setOpen(true)}>
        <CalendarX size={16} aria-hidden />
      </IconButton>
      {open && (
        <Dialog title={t('cancelTitle')} onClose={() => setOpen(false)}>
          <div className="flex flex-col gap-4">
            <p className="text-sm [overflow-wrap:anywhere]">
              {t('cancelText', {
                title,
                name: teacherName,
                when: `${when.day(startsAt)}, ${when.time(startsAt)}`,
              })}
            </p>
            {call.sentence && <Banner tone="warn">{call.sentence}</Banner>}
            <div className="flex gap-2">
              <Button variant="danger" busy={call.busy} onClick={() => void cancel()}>
                {t('cancelNow')}
              </Button>
              <Button variant="quiet" onClick={() => setOpen(false)}>
                {t('keep')}
              </Button>
            </div>
          </div>
        </Dialog>
      )}
    </>
  );
}
