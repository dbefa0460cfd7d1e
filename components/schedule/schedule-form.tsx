'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/components/trpc';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { Field, Input } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { toast } from '@/components/ui/toast';
import { textOf, useCall } from '@/components/ui/use-call';
import { useViewerZone } from '@/components/ui/viewer-zone';
import { ZonePicker } from '@/components/ui/zone-picker';
import { nextHour } from './next-hour';
import { SeriesFields } from './series-fields';
import { SeriesPreview } from './series-preview';
import { newDraft, ruleOf } from './series-rule';

type Props = { courseId: string; now: number; onClose: (() => void) | null };

/** Schedules a lesson on the clock of a place: the viewer's, unless another one is chosen. */
export function ScheduleForm({ courseId, now, onClose }: Props) {
  const t = useTranslations('schedule');
  const router = useRouter();
  const call = useCall();
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
    if (overlap)
      await toast(
        overlap.title === null
          ? t('busy', { teacher: overlap.teacherName })
          : t('overlaps', { title: overlap.title }),
      );
  }

  const problem = (field: string) => {
    if (call.field !== field) return null;
    const key = `problem.${call.reason ?? field}`;
    return t.has(key) ? t(key) : t(`problem.${field}`);
  };

  return (
    <Form aria-label={t('form')} className="flex flex-col gap-4" onInput={call.clear} onSend={schedule}>
      <Field label={t('title')} error={problem('title')}>
        {(wiring) => (
          <Input
            {...wiring}
            name="title"
            required
            maxLength={120}
            autoComplete="off"
            placeholder={t('titleExample')}
            autoFocus={onClose !== null}
          />
        )}
      </Field>
      <div className="grid grid-cols-2 gap-4 sm:grid-cols-[1fr_1fr_1fr]">
        <Field label={t('date')} error={problem('startsAt')} className="max-sm:col-span-2">
          {(wiring) => (
            <Input
              {...wiring}
              type="date"
              name="date"
              required
              value={first.date}
              onChange={(event) => setFirst({ ...first, date: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('time')}>
          {(wiring) => (
            <Input
              {...wiring}
              type="time"
              name="time"
              required
              value={first.time}
              onChange={(event) => setFirst({ ...first, time: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('duration')} error={problem('durationMinutes')}>
          {(wiring) => (
            <Input
              {...wiring}
              type="number"
              name="duration"
              required
              min={5}
              max={600}
              inputMode="numeric"
              value={minutes}
              onChange={(event) => setMinutes(event.target.value)}
            />
          )}
        </Field>
      </div>
      <Field label={t('zone')} error={problem('timeZone')}>
        {(wiring) => <ZonePicker wiring={wiring} name="zone" value={zone} onChange={setZone} />}
      </Field>
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
