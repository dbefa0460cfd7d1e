'use client';

import { useTranslations } from 'next-intl';
import { type SyntheticEvent, useState } from 'react';
import { AuthLink } from '@/components/account/auth-link';
import { Button } from '@/components/ui/button';
import { Field, Input } from '@/components/ui/field';

type Props = {
  token: string;
  /** The class runs: the button joins it. Before, it keeps the name until it does. */
  live: boolean;
  busy: boolean;
  onName: (name: string) => void;
};

/** Who has no account says a name, or signs in instead. */
export function GuestForm({ token, live, busy, onName }: Props) {
  const t = useTranslations('join');
  const [name, setName] = useState('');

  function submit(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault();
    if (name.trim()) onName(name.trim());
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field label={t('name')} hint={t(live ? 'nameHint' : 'nameAhead')}>
        {(wiring) => (
          <Input
            {...wiring}
            name="name"
            autoComplete="name"
            maxLength={60}
            required
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" variant={live ? 'primary' : 'secondary'} size="large" busy={busy}>
        {t(live ? 'join' : 'wait')}
      </Button>
      <p className="text-ink-2 text-sm">
        {t.rich('signInInstead', {
          link: (text) => (
            <AuthLink href={`/sign-in?next=${encodeURIComponent(`/join/${token}`)}`}>{text}</AuthLink>
          ),
        })}
      </p>
    </form>
  );
}
