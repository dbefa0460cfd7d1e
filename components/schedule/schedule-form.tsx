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

type Props = { courseId: string; now: number; onClose: (() => void) | null };

/** Schedules a lesson on the clock of a place: the viewer's, unless another one is chosen. */
export function ScheduleForm({ courseId, now, onClose }: Props) {
  const t = useTranslations('schedule');
  const router = useRouter();
  const call = useCall();
  const viewerZone = useViewerZone();
  const [zone, setZone] = useState(viewerZone);
  const [first] = useState(() => nextHour(now, viewerZone));

  async function schedule(form: FormData) {
    const title = textOf(form, 'title');
    const startsAt = `${textOf(form, 'date')}T${textOf(form, 'time')}`;
    const durationMinutes = Number(form.get('duration'));
    const made = await call.run(() =>
      trpc.lessons.schedule.mutate({ courseId, title, startsAt, timeZone: zone, durationMinutes }),
    );
    if (!made) return;
    onClose?.();
    router.refresh();
    const { adjusted } = made.answer;
    if (adjusted) await toast(t(`adjusted.${adjusted}`));
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
          {(wiring) => <Input {...wiring} type="date" name="date" required defaultValue={first.date} />}
        </Field>
        <Field label={t('time')}>
          {(wiring) => <Input {...wiring} type="time" name="time" required defaultValue={first.time} />}
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
              defaultValue={45}
            />
          )}
        </Field>
      </div>
      <Field label={t('zone')} error={problem('timeZone')}>
        {(wiring) => <ZonePicker wiring={wiring} name="zone" value={zone} onChange={setZone} />}
      </Field>
      {call.sentence && <Banner tone="warn">{call.sentence}</Banner>}
      <div className="flex gap-2">
        <Button type="submit" variant="primary" busy={call.busy}>
          {t('submit')}
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
