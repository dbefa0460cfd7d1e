'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Input } from '@/components/ui/field';
import { textOf } from '@/components/ui/use-call';
import { type ParsedLink, parseMediaLink } from './media-link';

/** Takes an address of YouTube or of something that plays; and words, where YouTube can be searched. */
export function FindForm({
  onLink,
  onWords,
  busy,
}: {
  onLink: (link: ParsedLink) => void;
  /** Null: there is no search. */
  onWords: ((words: string) => void) | null;
  busy: boolean;
}) {
  const t = useTranslations('media');
  const [error, setError] = useState<string | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const text = textOf(new FormData(form), 'link').trim();
    const link = parseMediaLink(text);
    const words = onWords !== null && text !== '' && !looksLikeLink(text);
    setError(link || words ? null : t('notALink'));
    if (link) {
      onLink(link);
      form.reset();
    } else if (words) onWords(text);
  };
  return (
    <form onSubmit={submit} noValidate className="px-1">
      <Field label={t(onWords ? 'find' : 'link')} hint={t('linkHint')} error={error}>
        {(wiring) => (
          <span className="flex gap-2">
            <Input
              {...wiring}
              name="link"
              type={onWords ? 'search' : 'url'}
              inputMode={onWords ? 'search' : 'url'}
              autoComplete="off"
            />
            <Button type="submit" busy={busy}>
              {t(onWords ? 'search' : 'look')}
            </Button>
          </span>
        )}
      </Field>
    </form>
  );
}

/** Words have no protocol: what has one, and is nothing that plays, is not searched for. */
function looksLikeLink(text: string): boolean {
  return /^[a-z][a-z\d+.-]*:\S/i.test(text) || /^(www\.|youtu)\S+$/i.test(text);
}
