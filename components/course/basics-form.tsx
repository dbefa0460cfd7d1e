'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/components/trpc';
import { Field, Input, Select, Textarea } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { FormFoot } from '@/components/ui/form-foot';
import { textOf } from '@/components/ui/use-call';
import { ZonePicker } from '@/components/ui/zone-picker';
import { useSaving } from './saving';
import type { CourseSettings } from './types';

const LEVELS = ['all', 'beginner', 'intermediate', 'advanced'] as const;

type Props = {
  courseId: string;
  basics: CourseSettings['basics'];
  /** Languages to choose from, by name in the reader's. */
  languages: readonly { tag: string; name: string }[];
};

/** What a course is: its words, its language and level, and the zone of its clock. */
export function BasicsForm({ courseId, basics, languages }: Props) {
  const t = useTranslations('courseSettings.basics');
  const call = useSaving();
  const [timeZone, setTimeZone] = useState(basics.timeZone);

  function send(form: FormData) {
    const level = LEVELS.find((one) => one === form.get('level')) ?? 'all';
    const words = { title: textOf(form, 'title'), description: textOf(form, 'description') };
    const language = textOf(form, 'language');
    void call.save(() => trpc.courses.changeBasics.mutate({ courseId, ...words, language, level, timeZone }));
  }

  const wrong = (field: string, sentence: string) => (call.field === field ? sentence : null);
  return (
    <Form aria-label={t('form')} className="flex flex-col gap-5" onInput={call.clear} onSend={send}>
      <Field label={t('title')} error={wrong('title', t('titleWrong'))}>
        {(wiring) => (
          <Input
            {...wiring}
            name="title"
            required
            maxLength={120}
            defaultValue={basics.title}
            autoComplete="off"
          />
        )}
      </Field>
      <Field
        label={t('description')}
        hint={t('descriptionHint')}
        error={wrong('description', t('descriptionWrong'))}
      >
        {(wiring) => (
          <Textarea
            {...wiring}
            name="description"
            rows={6}
            maxLength={2000}
            defaultValue={basics.description}
          />
        )}
      </Field>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label={t('language')} error={wrong('language', t('languageWrong'))}>
          {(wiring) => (
            <Select {...wiring} name="language" defaultValue={basics.language}>
              {languages.map(({ tag, name }) => (
                <option key={tag} value={tag}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t('level')}>
          {(wiring) => (
            <Select {...wiring} name="level" defaultValue={basics.level}>
              {LEVELS.map((level) => (
                <option key={level} value={level}>
                  {t(`levels.${level}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <Field label={t('timeZone')} hint={t('timeZoneHint')} error={wrong('timeZone', t('timeZoneWrong'))}>
        {(wiring) => <ZonePicker wiring={wiring} name="timeZone" value={timeZone} onChange={setTimeZone} />}
      </Field>
      <FormFoot call={call}>{t('save')}</FormFoot>
    </Form>
  );
}
