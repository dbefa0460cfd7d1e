'use client';

import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/components/trpc';
import { Form } from '@/components/ui/form';
import { FormFoot } from '@/components/ui/form-foot';
import { toast } from '@/components/ui/toast';
import { textOf, useCall } from '@/components/ui/use-call';
import { useViewerZone } from '@/components/ui/viewer-zone';
import { zoneName, zonePlace } from '@/components/ui/zones';
import { LessonFields } from './lesson-fields';
import { nextHour } from './next-hour';
import { SeriesFields } from './series-fields';
import { SeriesPreview } from './series-preview';
import { newDraft, ruleOf } from './series-rule';
import type { MyCourse } from './types';
import { useScheduleWords } from './use-schedule-words';
import { wallClock } from './wall-clock';

type Props = {
  course: Pick<MyCourse, 'id' | 'timeZone'>;
  now: number;
  /** When it is to begin, ms since the epoch, and how long it is to take; null: at the next full hour. */
  first?: { at: number; minutes: number | null } | null;
  onClose: (() => void) | null;
};

const USUAL_MINUTES = 45;

/** Schedules a lesson on the clock of a place: the course's, unless another one is chosen. */
export function ScheduleForm({ course, now, first: begin = null, onClose }: Props) {
  const t = useTranslations('schedule');
  const router = useRouter();
  const call = useCall();
  const { problem, overlapSentence } = useScheduleWords(call);
  const [zone, setZone] = useState(course.timeZone);
  const zoneHint = useZoneHint(zone, course.timeZone, now);
  const [first, setFirst] = useState(() => (begin ? wallClock(begin.at, zone) : nextHour(now, zone)));
  const [minutes, setMinutes] = useState(String(begin?.minutes ?? USUAL_MINUTES));
  const [draft, setDraft] = useState(() => newDraft(first.date));
  const rule = ruleOf(draft, first.date);
  const when = {
    ...{ courseId: course.id, startsAt: `${first.date}T${first.time}` },
    ...{ timeZone: zone, durationMinutes: Number(minutes) },
  };

  async function schedule(form: FormData) {
    const title = textOf(form, 'title');
    const made = await call.run(async () => {
      if (rule)
        return { ...(await trpc.lessons.scheduleSeries.mutate({ ...when, title, rule })), told: true };
      return { ...(await trpc.lessons.schedule.mutate({ ...when, title })), told: false };
    });
    if (!made) return;
    onClose?.();
    router.refresh();
    const { adjusted, overlaps, told } = made.answer;
    // Of a series the form has said it all before.
    if (told) return;
    if (typeof adjusted === 'string') await toast(t(`adjusted.${adjusted}`));
    const [overlap] = overlaps;
    if (overlap) await toast(overlapSentence(overlap));
  }

  return (
    <Form aria-label={t('form')} className="flex flex-col gap-4" onInput={call.clear} onSend={schedule}>
      <LessonFields
        title={{ placeholder: t('titleExample'), autoFocus: onClose !== null }}
        date={{
          value: first.date,
          onChange: (event) => setFirst({ ...first, date: event.target.value }),
        }}
        time={{
          value: first.time,
          onChange: (event) => setFirst({ ...first, time: event.target.value }),
        }}
        duration={{ value: minutes, onChange: (event) => setMinutes(event.target.value) }}
        zone={zone}
        onZone={setZone}
        zoneHint={zoneHint}
        problem={problem}
        columns="sm:grid-cols-3"
      />
      <SeriesFields draft={draft} date={first.date} onChange={setDraft} problem={problem} />
      {rule && <SeriesPreview wish={{ ...when, rule }} now={now} />}
      <FormFoot call={call} leave={onClose && { label: t('close'), onLeave: onClose }}>
        {rule ? t('submitSeries') : t('submit')}
      </FormFoot>
    </Form>
  );
}

/** Whose zone it is that is chosen, and which is the viewer's where that is another one. */
function useZoneHint(zone: string, courseZone: string, now: number): string | null {
  const t = useTranslations('schedule');
  const locale = useLocale();
  const viewerZone = useViewerZone();
  const [place, name] = [zonePlace(viewerZone), zoneName(locale, viewerZone, now)];
  const mine = place === name ? place : `${place}, ${name}`;
  if (zone === viewerZone) return zone === courseZone ? t('zoneOfCourse') : t('zoneOfYours');
  return t(zone === courseZone ? 'zoneOfCourseElsewhere' : 'zoneElsewhere', { mine });
}
