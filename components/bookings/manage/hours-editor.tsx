'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/components/trpc';
import { Field } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { FormFoot } from '@/components/ui/form-foot';
import { Panel } from '@/components/ui/panel';
import { toast } from '@/components/ui/toast';
import { useCall } from '@/components/ui/use-call';
import { ZonePicker } from '@/components/ui/zone-picker';
import type { Hours } from '../types';
import { ExceptionsEditor } from './exceptions-editor';
import { isWrong } from './ranges';
import { RulesFields } from './rules-fields';
import { WeekEditor } from './week-editor';

/** When one can be booked: the week, dates with other hours, and the rules. */
export function HoursEditor({ hours }: { hours: Hours }) {
  const t = useTranslations('bookings');
  const router = useRouter();
  const call = useCall();
  const [draft, setDraft] = useState<Hours>(hours);
  const wrong = [...draft.weekly, ...draft.exceptions.map(({ ranges }) => ranges)].some(isWrong);
  const sentence = call.field ? t('hoursWrong') : call.sentence;
  const change = (part: Partial<Hours>) => {
    call.clear();
    setDraft({ ...draft, ...part });
  };

  async function save() {
    const { weekly, exceptions, ...rules } = draft;
    const saved = await call.run(() =>
      trpc.bookings.saveHours.mutate({
        ...rules,
        weekly: weekly.map((ranges) => [...ranges]),
        exceptions: exceptions.map(({ date, ranges }) => ({ date, ranges: [...ranges] })),
      }),
    );
    if (!saved) return;
    router.refresh();
    await toast(t('saved'));
  }

  return (
    <section aria-labelledby="hours" className="flex flex-col gap-3">
      <h2 id="hours" className="font-semibold text-base">
        {t('hours')}
      </h2>
      <Panel className="p-5">
        <Form aria-label={t('hours')} className="flex flex-col gap-8" onSend={save}>
          <Field label={t('zone')} hint={t('zoneHint')} className="max-w-sm">
            {(wiring) => (
              <ZonePicker
                wiring={wiring}
                name="zone"
                value={draft.timeZone}
                onChange={(timeZone) => change({ timeZone })}
              />
            )}
          </Field>
          <WeekEditor weekly={draft.weekly} onChange={(weekly) => change({ weekly })} />
          <ExceptionsEditor exceptions={draft.exceptions} onChange={(exceptions) => change({ exceptions })} />
          <RulesFields hours={draft} onChange={change} />
          <FormFoot call={{ busy: call.busy, sentence }} disabled={wrong}>
            {t('saveHours')}
          </FormFoot>
        </Form>
      </Panel>
    </section>
  );
}
