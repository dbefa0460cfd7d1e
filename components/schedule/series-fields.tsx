'use client';

import { X } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useId } from 'react';
import { Field, Input, Select } from '@/components/ui/field';
import { IconButton } from '@/components/ui/icon-button';
import { firstWeekday } from '@/messages/locales';
import { type RuleDraft, WEEKDAYS } from './series-rule';
import { useSeriesWords } from './series-words';
import { weekdayOf } from './wall-clock';

type Props = {
  draft: RuleDraft;
  /** The first day, of its date field. */
  date: string;
  onChange: (draft: RuleDraft) => void;
  problem: (field: string) => string | null;
};

const REPEATS = ['never', 'weekly', 'monthly'] as const;

/** Whether lessons repeat, how, and until when. */
export function SeriesFields({ draft, date, onChange, problem }: Props) {
  const t = useTranslations('series');
  const set = (change: Partial<RuleDraft>) => onChange({ ...draft, ...change });
  return (
    <fieldset className="flex flex-col gap-4">
      <legend className="sr-only">{t('legend')}</legend>
      <div className="grid grid-cols-2 gap-4">
        <Field label={t('repeat.label')}>
          {(wiring) => (
            <Select
              {...wiring}
              value={draft.repeat}
              onChange={(event) =>
                set({ repeat: REPEATS.find((one) => one === event.target.value) ?? 'never' })
              }
            >
              {REPEATS.map((repeat) => (
                <option key={repeat} value={repeat}>
                  {t(`repeat.${repeat}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {draft.repeat !== 'never' && (
          <Field label={t(`interval.${draft.repeat}`)} error={problem('interval')}>
            {(wiring) => (
              <Input
                {...wiring}
                type="number"
                inputMode="numeric"
                min={1}
                max={52}
                required
                value={draft.interval}
                onChange={(event) => set({ interval: event.target.value })}
              />
            )}
          </Field>
        )}
      </div>
      {draft.repeat === 'weekly' && <Weekdays draft={draft} date={date} set={set} />}
      {draft.repeat === 'monthly' && (
        <label className="flex items-center gap-2 text-sm">
          <input
            type="checkbox"
            checked={draft.lastOfMonth}
            onChange={(event) => set({ lastOfMonth: event.target.checked })}
          />
          {t('lastOfMonth')}
        </label>
      )}
      {draft.repeat !== 'never' && (
        <>
          <End draft={draft} set={set} problem={problem} />
          <Exceptions draft={draft} date={date} set={set} />
        </>
      )}
    </fieldset>
  );
}

type Part = { draft: RuleDraft; set: (change: Partial<RuleDraft>) => void };

function Weekdays({ draft, date, set }: Part & { date: string }) {
  const t = useTranslations('series');
  const { name } = useSeriesWords();
  const first = firstWeekday(useLocale()) - 1;
  const week = [...WEEKDAYS.slice(first), ...WEEKDAYS.slice(0, first)];
  const own = WEEKDAYS[weekdayOf(date) ?? 0] ?? 'MO';
  const chosen = draft.weekdays.length > 0 ? draft.weekdays : [own];
  return (
    <div role="group" aria-label={t('weekdays')} className="flex flex-wrap gap-1.5">
      {week.map((day) => {
        const on = chosen.includes(day);
        const others = chosen.filter((one) => one !== day);
        return (
          <button
            key={day}
            type="button"
            aria-pressed={on}
            onClick={() => set({ weekdays: on ? others : [...others, day] })}
            className={`min-h-9 min-w-11 rounded-control border px-2 text-sm ${on ? 'border-accent bg-accent text-on-accent' : 'border-control/70 text-ink-2 hover:bg-ink/6'}`}
          >
            <span aria-hidden>{name(day, 'short')}</span>
            <span className="sr-only">{name(day)}</span>
          </button>
        );
      })}
    </div>
  );
}

function End({ draft, set, problem }: Part & { problem: Props['problem'] }) {
  const t = useTranslations('series');
  return (
    <div className="grid grid-cols-2 gap-4">
      <Field label={t('end.label')}>
        {(wiring) => (
          <Select
            {...wiring}
            value={draft.endBy}
            onChange={(event) => set({ endBy: event.target.value === 'until' ? 'until' : 'count' })}
          >
            <option value="count">{t('end.count')}</option>
            <option value="until">{t('end.until')}</option>
          </Select>
        )}
      </Field>
      {draft.endBy === 'count' ? (
        <Field label={t('end.lessons')} error={problem('end')}>
          {(wiring) => (
            <Input
              {...wiring}
              type="number"
              inputMode="numeric"
              min={1}
              max={400}
              required
              value={draft.count}
              onChange={(event) => set({ count: event.target.value })}
            />
          )}
        </Field>
      ) : (
        <Field label={t('end.date')} error={problem('end')}>
          {(wiring) => (
            <Input
              {...wiring}
              type="date"
              required
              value={draft.until}
              onChange={(event) => set({ until: event.target.value })}
            />
          )}
        </Field>
      )}
    </div>
  );
}

/** Days without a lesson, such as holidays: choosing one adds it. */
function Exceptions({ draft, date, set }: Part & { date: string }) {
  const t = useTranslations('series');
  const { dateOf } = useSeriesWords();
  const id = useId();
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium text-sm">
        {t('except.label')}
      </label>
      <div className="flex flex-wrap items-center gap-2">
        {draft.except.map((day) => (
          <span
            key={day}
            className="inline-flex items-center rounded-control bg-ink/6 pl-2.5 text-sm tabular-nums"
          >
            {dateOf(day)}
            <IconButton
              label={t('except.remove', { day: dateOf(day) })}
              onClick={() => set({ except: draft.except.filter((one) => one !== day) })}
            >
              <X size={14} />
            </IconButton>
          </span>
        ))}
        <Input
          id={id}
          // A new field for each day: the one before is empty again.
          key={draft.except.length}
          type="date"
          min={date}
          className="max-w-44"
          onBlur={(event) => add(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add(event.currentTarget.value);
          }}
        />
      </div>
    </div>
  );
  function add(day: string) {
    if (day && !draft.except.includes(day)) set({ except: [...draft.except, day].toSorted() });
  }
}
