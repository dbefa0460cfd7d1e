'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/components/trpc';
import { CopyButton } from '@/components/ui/copy-button';
import { Field, Input } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { FormFoot } from '@/components/ui/form-foot';
import { textOf } from '@/components/ui/use-call';
import { Choices } from './choices';
import { useSaving } from './saving';
import type { CourseSettings } from './types';

const VISIBILITIES = ['invited', 'public'] as const;
const MODES = ['open', 'approval', 'closed'] as const;
const SCOPES = ['series', 'lessons'] as const;

type Props = { courseId: string; enrolment: CourseSettings['enrolment']; pageUrl: string };

/** Who finds a course, who gets in and how many. */
export function EnrolmentForm({ courseId, enrolment: stored, pageUrl }: Props) {
  const t = useTranslations('courseSettings.enrolment');
  const call = useSaving();
  const [visibility, setVisibility] = useState(stored.visibility);
  const [enrolment, setEnrolment] = useState(stored.enrolment);
  const [registration, setRegistration] = useState(stored.registration);

  function send(form: FormData) {
    const typed = textOf(form, 'capacity').trim();
    const capacity = typed === '' ? null : Number(typed);
    void call.save(() =>
      trpc.courses.changeEnrolment.mutate({ courseId, visibility, enrolment, registration, capacity }),
    );
  }

  return (
    <Form aria-label={t('form')} className="flex flex-col gap-6" onInput={call.clear} onSend={send}>
      <Choices
        legend={t('visibility')}
        name="visibility"
        value={visibility}
        onChange={setVisibility}
        options={VISIBILITIES.map((value) => ({
          value,
          label: t(`visibilities.${value}.label`),
          hint: t(`visibilities.${value}.hint`),
        }))}
      />
      {stored.visibility === 'public' && (
        <div className="-mt-3 flex flex-wrap items-center gap-2">
          <a href={pageUrl} className="min-w-0 truncate text-accent text-sm hover:underline">
            {pageUrl}
          </a>
          <CopyButton text={pageUrl} label={t('copyPage')} size="small" />
        </div>
      )}
      <Choices
        legend={t('mode')}
        name="enrolment"
        value={enrolment}
        onChange={setEnrolment}
        options={MODES.map((value) => ({
          value,
          label: t(`modes.${value}.label`),
          hint: t(`modes.${value}.hint`),
        }))}
      />
      <Choices
        legend={t('registration')}
        name="registration"
        value={registration}
        onChange={setRegistration}
        options={SCOPES.map((value) => ({
          value,
          label: t(`registrations.${value}.label`),
          hint: t(`registrations.${value}.hint`),
        }))}
      />
      <Field
        label={t('capacity')}
        hint={t('capacityHint')}
        error={call.field === 'capacity' ? t('capacityWrong') : null}
        className="max-w-48"
      >
        {(wiring) => (
          <Input
            {...wiring}
            name="capacity"
            type="number"
            inputMode="numeric"
            min={1}
            max={100_000}
            step={1}
            defaultValue={stored.capacity ?? ''}
            placeholder={t('capacityAny')}
          />
        )}
      </Field>
      <FormFoot call={call}>{t('save')}</FormFoot>
    </Form>
  );
}
