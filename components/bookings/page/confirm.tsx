'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useRefusalSentence } from '@/components/refusal-sentence';
import { type Refusal, refusalOf, trpc } from '@/components/trpc';
import { Button } from '@/components/ui/button';
import { useWhen } from '@/components/ui/when';
import type { BookingPageView, Moving } from '../types';

type Props = {
  page: BookingPageView;
  moving: Moving | null;
  at: number;
  lengthMinutes: number;
  zone: string;
  signedIn: boolean;
  onDone: (at: number) => void;
  onOther: (at: number) => void;
  /** Somebody was faster: what is free is no longer what is shown. */
  onTaken: () => void;
};

/** The chosen hour and the one button; where somebody was faster, hours nearby. */
export function Confirm({
  page,
  moving,
  at,
  lengthMinutes,
  zone,
  signedIn,
  onDone,
  onOther,
  onTaken,
}: Props) {
  const t = useTranslations('book');
  const when = useWhen(page.now);
  const sentenceOf = useRefusalSentence();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const others = othersOf(refusal);

  async function confirm() {
    if (!signedIn) {
      const here = `${window.location.pathname}${window.location.search}`;
      return window.location.assign(`/sign-up?next=${encodeURIComponent(here)}`);
    }
    setBusy(true);
    setRefusal(null);
    try {
      const booked = moving
        ? await trpc.bookings.move.mutate({ lessonId: moving.id, at })
        : await trpc.bookings.book.mutate({ slug: page.slug, lengthMinutes, at });
      onDone(booked.startsAt);
    } catch (error) {
      const refused = refusalOf(error);
      setRefusal(refused);
      setBusy(false);
      if (refused.code === 'SLOT_TAKEN') onTaken();
    }
  }

  const taken = refusal?.code === 'SLOT_TAKEN';
  const label = moving ? t('move') : signedIn ? t('book') : t('signUpToBook');
  return (
    <div ref={show} className="flex flex-col gap-3 rounded-panel border border-accent/40 bg-accent/6 p-3">
      <p className={`text-sm ${taken ? 'text-ink-3 line-through' : ''}`}>
        <span className="font-semibold">{when.day(at, zone)}</span>
        <br />
        <time dateTime={new Date(at).toISOString()}>{when.span(at, lengthMinutes, zone)}</time>
      </p>
      {!taken && (
        <Button
          variant="primary"
          busy={busy}
          disabled={page.isOwn && !moving}
          onClick={() => void confirm()}
          className="h-auto! min-h-9 whitespace-normal! py-1.5 text-balance leading-tight"
        >
          {label}
        </Button>
      )}
      {!signedIn && <p className="text-ink-2 text-xs">{t('accountHint')}</p>}
      {page.isOwn && !moving && <p className="text-ink-2 text-xs">{t('own')}</p>}
      {refusal && (
        <p role="alert" className="text-live text-sm">
          {reasonOf(refusal, t) ?? sentenceOf(refusal)}
        </p>
      )}
      {others.length > 0 && (
        <ul aria-label={t('others')} className="flex flex-col gap-1.5">
          {others.map((other) => (
            <li key={other}>
              <Button size="small" className="w-full tabular-nums" onClick={() => onOther(other)}>
                {when.day(other, zone)}, {when.time(other, zone)}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** An hour that was pressed far down a list on a phone: what comes next stands above it. */
const show = (element: HTMLElement | null) => element?.scrollIntoView({ block: 'nearest' });

function othersOf(refusal: Refusal | null): number[] {
  const others = String(refusal?.details.others ?? '');
  return others === '' ? [] : others.split(',').map(Number);
}

/** Why an hour can't be asked for, where the rules of the offer say so. */
function reasonOf({ details }: Refusal, t: ReturnType<typeof useTranslations<'book'>>): string | null {
  if (details.field !== 'at') return null;
  const key = `problem.${String(details.reason)}` as 'problem.past';
  return t.has(key) ? t(key) : null;
}
