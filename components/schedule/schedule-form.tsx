'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/components/trpc';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { Form } from '@/components/ui/form';
import { toast } from '@/components/ui/toast';
import { textOf, useCall } from '@/components/ui/use-call';
import { useViewerZone } from '@/components/ui/viewer-zone';
import { LessonFields } from './lesson-fields';
import { nextHour } from './next-hour';
import { SeriesFields } from './series-fields';
import { SeriesPreview } from './series-preview';
import { newDraft, ruleOf } from './series-rule';
import { useScheduleWords } from './use-schedule-words';

type Props = { courseId: string; now: number; onClose: (() => void) | null };

/** Schedules a lesson on the clock of a place: the viewer's, unless another one is chosen. */
export function ScheduleForm({ courseId, now, onClose }: Props) {
  const t = useTranslations('schedule');
  const router = useRouter();
  const call = useCall();
  const { problem, overlapSentence } = useScheduleWords(call);
  const viewerZone = useViewerZone();
  const [zone, setZone] = useState(viewerZone);
  const [first, setFirst] = useState(() => nextHour(now, viewerZone));
  const [minutes, setMinutes] = useState('45');
  const [draft, setDraft] = useState(() => newDraft(first.date));
  const rule = ruleOf(draft, first.date);
  const when = {
    ...{ courseId, startsAt: `${first.date}T${first.time}` },
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
        problem={problem}
        columns="sm:grid-cols-3"
      />
      <SeriesFields draft={draft} date={first.date} onChange={setDraft} problem={problem} />
      {rule && <SeriesPreview wish={{ ...when, rule }} now={now} />}
      {call.sentence && <Banner tone="warn">{call.sentence}</Banner>}
      <div className="flex gap-2">
        <Button type="submit" variant="primary" busy={call.busy}>
          {rule ? t('submitSeries') : t('submit')}
        </Button>
        {onClose && (
          <Button variant="quiet" onClick={onClose}>
            {t('close')}
          </Button>
        )}
      </div>
    </Form>
  );
}
