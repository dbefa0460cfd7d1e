'use client';

import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Field, Input, Textarea } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { textOf } from '@/components/ui/use-call';
import type { Section } from './types';

type Props = {
  /** Null: a new one. */
  section: Section | null;
  busy: boolean;
  /** What is wrong with its title. */
  wrong: string | null;
  onSend: (words: { title: string; text: string }) => Promise<boolean>;
  onClose: () => void;
};

/** The words of a section, in the place where they stand. */
export function SectionForm({ section, busy, wrong, onSend, onClose }: Props) {
  const t = useTranslations('syllabus');
  return (
    <Form
      aria-label={section ? t('edit', { title: section.title }) : t('add')}
      className="flex flex-col gap-4 py-4"
      onSend={(form) => void onSend({ title: textOf(form, 'title'), text: textOf(form, 'text') })}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <Field label={t('title')} error={wrong}>
        {(wiring) => (
          <Input
            {...wiring}
            name="title"
            required
            maxLength={120}
            autoFocus
            autoComplete="off"
            defaultValue={section?.title}
            placeholder={t('titleExample')}
          />
        )}
      </Field>
      <Field label={t('text')} aside={t('optional')}>
        {(wiring) => (
          <Textarea {...wiring} name="text" rows={4} maxLength={4000} defaultValue={section?.text} />
        )}
      </Field>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" busy={busy}>
          {section ? t('save') : t('add')}
        </Button>
        <Button variant="quiet" onClick={onClose}>
          {t('close')}
        </Button>
      </div>
    </Form>
  );
}
