'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Input } from '@/components/ui/field';
import { type ParsedLink, parseMediaLink } from './media-link';

/** Takes an address of YouTube, or of something that plays. */
export function LinkForm({ onFound }: { onFound: (link: ParsedLink) => void }) {
  const t = useTranslations('media');
  const [error, setError] = useState<string | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const text = new FormData(form).get('link');
    const link = typeof text === 'string' ? parseMediaLink(text) : null;
    setError(link ? null : t('notALink'));
    if (!link) return;
    onFound(link);
    form.reset();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-2" noValidate>
      <Field label={t('link')} hint={t('linkHint')} error={error}>
        {(wiring) => <Input {...wiring} name="link" type="url" inputMode="url" autoComplete="off" />}
      </Field>
      <Button type="submit" className="self-start">
        {t('look')}
      </Button>
    </form>
  );
}
