'use client';

import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { trpc } from '@/components/trpc';
import { Button, type ButtonVariant } from '@/components/ui/button';
import { Field, Input, Textarea } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { FormFoot } from '@/components/ui/form-foot';
import { Panel } from '@/components/ui/panel';
import { textOf, useCall } from '@/components/ui/use-call';
import { useViewerZone } from '@/components/ui/viewer-zone';

type Props = {
  label: string;
  variant?: ButtonVariant;
  /** What stands there while the form is closed, around the button that opens it. */
  closed: (button: ReactNode) => ReactNode;
};

/** Makes a course: a button, and in its place the form once it is pressed. */
export function NewCourse({ label, variant = 'secondary', closed }: Props) {
  const [open, setOpen] = useState(false);
  if (open) return <NewCourseForm onClose={() => setOpen(false)} />;
  return closed(
    <Button variant={variant} icon={<Plus size={16} aria-hidden />} onClick={() => setOpen(true)}>
      {label}
    </Button>,
  );
}

function NewCourseForm({ onClose }: { onClose: () => void }) {
  const t = useTranslations('course');
  const router = useRouter();
  const call = useCall();
  const timeZone = useViewerZone();
  const language = useLocale();

  async function create(form: FormData) {
    const title = textOf(form, 'title');
    const description = textOf(form, 'description');
    const made = await call.run(() => trpc.courses.create.mutate({ title, description, timeZone, language }));
    if (made) router.push(`/courses/${made.answer.id}`);
  }

  return (
    <Panel className="p-5">
      <Form
        aria-label={t('new')}
        className="flex max-w-xl flex-col gap-4"
        onSend={create}
        onKeyDown={(event) => event.key === 'Escape' && onClose()}
      >
        <Field label={t('title')} error={call.field === 'title' ? t('titleWrong') : null}>
          {(wiring) => (
            <Input
              {...wiring}
              name="title"
              required
              maxLength={120}
              autoFocus
              placeholder={t('titleExample')}
              autoComplete="off"
            />
          )}
        </Field>
        <Field label={t('description')} aside={t('optional')}>
          {(wiring) => (
            <Textarea {...wiring} name="description" maxLength={2000} placeholder={t('descriptionExample')} />
          )}
        </Field>
        <FormFoot call={call} leave={{ label: t('close'), onLeave: onClose }}>
          {t('create')}
        </FormFoot>
      </Form>
    </Panel>
  );
}
