'use client';

import { useTranslations } from 'next-intl';
import { Field, Input, Select } from '@/components/ui/field';
import type { Hours } from '../types';

type Props = { hours: Hours; onChange: (part: Partial<Hours>) => void };

const STEPS = [10, 15, 20, 30, 45, 60, 90, 120];

/** How often lessons begin, what stays free around them, how soon and how far ahead they may be, and until when a student changes one. */
export function RulesFields({ hours, onChange }: Props) {
  const t = useTranslations('bookings');
  const steps = [...new Set([...STEPS, hours.stepMinutes])].sort((a, b) => a - b);
  return (
    <fieldset>
      <legend className="mb-3 font-medium text-sm">{t('rules')}</legend>
      <div className="grid gap-x-4 gap-y-5 sm:grid-cols-2 lg:grid-cols-3">
        <Field label={t('step')}>
          {(wiring) => (
            <Select
              {...wiring}
              value={hours.stepMinutes}
              onChange={(event) => onChange({ stepMinutes: Number(event.target.value) })}
            >
              {steps.map((minutes) => (
                <option key={minutes} value={minutes}>
                  {t('everyMinutes', { count: minutes })}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <NumberField
          label={t('bufferBefore')}
          most={240}
          value={hours.bufferBeforeMinutes}
          onValue={(bufferBeforeMinutes) => onChange({ bufferBeforeMinutes })}
        />
        <NumberField
          label={t('bufferAfter')}
          most={240}
          value={hours.bufferAfterMinutes}
          onValue={(bufferAfterMinutes) => onChange({ bufferAfterMinutes })}
        />
        <NumberField
          label={t('notice')}
          most={672}
          value={hours.noticeMinutes / 60}
          onValue={(noticed) => onChange({ noticeMinutes: noticed * 60 })}
        />
        <NumberField
          label={t('horizon')}
          least={1}
          most={365}
          value={hours.horizonDays}
          onValue={(horizonDays) => onChange({ horizonDays })}
        />
        <NumberField
          label={t('change')}
          most={672}
          value={hours.changeMinutes / 60}
          onValue={(changed) => onChange({ changeMinutes: changed * 60 })}
        />
        <Field label={t('maxADay')} hint={t('maxADayHint')}>
          {(wiring) => (
            <Input
              {...wiring}
              type="number"
              inputMode="numeric"
              min={1}
              max={50}
              value={hours.maxADay ?? ''}
              onChange={({ target }) => onChange({ maxADay: target.value ? Number(target.value) : null })}
            />
          )}
        </Field>
      </div>
    </fieldset>
  );
}

type NumberProps = {
  label: string;
  least?: number;
  most: number;
  value: number;
  onValue: (value: number) => void;
};

function NumberField({ label, least = 0, most, value, onValue }: NumberProps) {
  return (
    <Field label={label}>
      {(wiring) => (
        <Input
          {...wiring}
          type="number"
          inputMode="numeric"
          required
          min={least}
          max={most}
          step={1}
          value={Number.isNaN(value) ? '' : value}
          onChange={(event) => onValue(event.target.valueAsNumber)}
        />
      )}
    </Field>
  );
}
