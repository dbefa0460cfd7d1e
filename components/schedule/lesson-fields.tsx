import { useTranslations } from 'next-intl';
import type { ComponentProps } from 'react';
import { Field, Input } from '@/components/ui/field';
import { ZonePicker } from '@/components/ui/zone-picker';

type InputProps = ComponentProps<typeof Input>;
type Props = {
  /** What each input shows, and what hears of it. */
  title: InputProps;
  date: InputProps;
  time: InputProps;
  duration: InputProps;
  zone: string;
  onZone: (zone: string) => void;
  /** Whose zone that is. */
  zoneHint?: string | null;
  problem: (field: string) => string | null;
  /** How wide date, start and minutes are where they stand beside each other. */
  columns: 'sm:grid-cols-3' | 'sm:grid-cols-[1.3fr_1fr_1fr]';
};

/** What a lesson is called, and when it is on the clock of which place: fields `title`, `date`, `time` and `duration` of a form. */
export function LessonFields({
  title,
  date,
  time,
  duration,
  zone,
  onZone,
  zoneHint,
  problem,
  columns,
}: Props) {
  const t = useTranslations('schedule');
  return (
    <>
      <Field label={t('title')} error={problem('title')}>
        {(wiring) => (
          <Input {...wiring} name="title" required maxLength={120} autoComplete="off" {...title} />
        )}
      </Field>
      <div className={`grid grid-cols-2 gap-4 ${columns}`}>
        <Field label={t('date')} error={problem('startsAt')} className="max-sm:col-span-2">
          {(wiring) => <Input {...wiring} type="date" name="date" required {...date} />}
        </Field>
        <Field label={t('time')}>
          {(wiring) => <Input {...wiring} type="time" name="time" required {...time} />}
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
              {...duration}
            />
          )}
        </Field>
      </div>
      <Field label={t('zone')} hint={zoneHint} error={problem('timeZone')}>
        {(wiring) => <ZonePicker wiring={wiring} name="zone" value={zone} onChange={onZone} />}
      </Field>
    </>
  );
}
