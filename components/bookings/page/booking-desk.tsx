'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useRefusalSentence } from '@/components/refusal-sentence';
import { Banner } from '@/components/ui/banner';
import { useViewerZone } from '@/components/ui/viewer-zone';
import { useWhen } from '@/components/ui/when';
import { dayIn } from '@/components/ui/zones';
import type { BookingPageView, FirstHours, Moving } from '../types';
import { Confirm } from './confirm';
import { Done } from './done';
import { HourList } from './hour-list';
import { MonthGrid } from './month-grid';
import { byDay, monthOf } from './months';
import { OfferFacts } from './offer-facts';
import { useFreeHours } from './use-free-hours';
import { keepWish, type Wish } from './wish';

type Props = {
  page: BookingPageView;
  first: FirstHours;
  /** What the address says was chosen. */
  wish: Wish;
  signedIn: boolean;
  moving: Moving | null;
};

const DAY_MS = 86_400_000;

/** What is offered, a month, the hours of a day, and one button: side by side, or one below the other on a phone. */
export function BookingDesk({ page, first, wish, signedIn, moving }: Props) {
  const t = useTranslations('book');
  const viewerZone = useViewerZone();
  const sentenceOf = useRefusalSentence();
  const { slug, now, horizonDays, seats } = page;
  const [picked, setPicked] = useState<string | null>(wish.zone);
  const zone = picked ?? viewerZone;
  const [lengthMinutes, setLength] = useState(moving?.durationMinutes ?? first.lengthMinutes);
  const [at, setAt] = useState<number | null>(wish.at);
  const [shown, setShown] = useState<string | null>(null);
  const [turned, setTurned] = useState<string | null>(null);
  const [done, setDone] = useState<number | null>(null);
  const when = useWhen(now);

  const begin = at ?? first.hours[0]?.at ?? now;
  const month = turned ?? monthOf(dayIn(zone, begin));
  const free = useFreeHours({ slug, lengthMinutes, month, lessonId: moving?.id ?? null }, first);
  const days = free.hours && byDay(free.hours, zone);
  const inMonth = days && [...days].filter(([day]) => monthOf(day) === month);
  const wished = shown ?? (at === null ? null : dayIn(zone, at));
  const day = wished && days?.has(wished) ? wished : (inMonth?.[0]?.[0] ?? null);
  const hours = (day && days?.get(day)) || [];

  function choose(next: { at?: number | null; lengthMinutes?: number; zone?: string }) {
    const to = { at, lengthMinutes, zone: picked, ...next };
    setAt(to.at);
    setLength(to.lengthMinutes);
    setPicked(to.zone);
    keepWish(to);
  }

  if (done !== null) {
    return <Done page={page} at={done} lengthMinutes={lengthMinutes} zone={zone} moved={moving !== null} />;
  }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-8 rounded-panel border border-line bg-surface p-5 sm:p-7 lg:grid-cols-[minmax(0,17rem)_minmax(0,1fr)_minmax(0,13rem)]">
      <OfferFacts
        page={page}
        moving={moving}
        lengthMinutes={lengthMinutes}
        zone={zone}
        onLength={(minutes) => choose({ lengthMinutes: minutes, at: null })}
        onZone={(next) => choose({ zone: next })}
      />
      <MonthGrid
        month={month}
        earliest={monthOf(dayIn(zone, now))}
        latest={monthOf(dayIn(zone, now + horizonDays * DAY_MS))}
        counts={days && new Map([...days].map(([one, all]) => [one, all.length]))}
        chosen={day}
        today={dayIn(zone, now)}
        onMonth={setTurned}
        onDay={(next) => {
          setShown(next);
          if (at !== null && dayIn(zone, at) !== next) choose({ at: null });
        }}
      />
      <section aria-labelledby="hours" className="flex min-w-0 flex-col gap-3">
        <h2 id="hours" className="font-semibold text-base first-letter:uppercase">
          {day ? when.day(hours[0]?.at ?? now, zone) : t('hours')}
        </h2>
        {free.refusal && <Banner tone="warn">{sentenceOf(free.refusal)}</Banner>}
        {free.hours && hours.length === 0 && <p className="text-ink-2 text-sm">{t('noneInMonth')}</p>}
        {!free.hours && !free.refusal && <p className="text-ink-3 text-sm lectern-late">{t('looking')}</p>}
        {at !== null && (
          <Confirm
            key={at}
            page={page}
            moving={moving}
            at={at}
            lengthMinutes={lengthMinutes}
            zone={zone}
            signedIn={signedIn}
            onDone={setDone}
            onOther={(other) => {
              setShown(null);
              setTurned(null);
              choose({ at: other });
            }}
            onTaken={free.refresh}
          />
        )}
        <div className="lg:-m-1 lg:max-h-96 lg:overflow-y-auto lg:p-1">
          <HourList
            hours={hours}
            zone={zone}
            now={now}
            seats={seats}
            chosen={at}
            onHour={(hour) => choose({ at: hour })}
          />
        </div>
      </section>
    </div>
  );
}
