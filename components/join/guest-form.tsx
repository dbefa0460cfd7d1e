'use client';

import { useTranslations } from 'next-intl';
import { AuthLink } from '@/components/account/auth-link';
import { Button } from '@/components/ui/button';
import { Field, Input } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { textOf } from '@/components/ui/use-call';

type Props = {
  token: string;
  /** The class runs: the button joins it. Before, it keeps the name until it does. */
  live: boolean;
  /** Staff let people in one by one: the button asks. */
  asks: boolean;
  busy: boolean;
  onName: (name: string) => void;
};

/** Who has no account says a name, or signs in instead. */
export function GuestForm({ token, live, asks, busy, onName }: Props) {
  const t = useTranslations('join');

  function submit(form: FormData) {
    const name = textOf(form, 'name').trim();
    if (name) onName(name);
  }

  return (
    <Form onSend={submit} className="flex flex-col gap-4">
      <Field label={t('name')} hint={t(live ? (asks ? 'askHint' : 'nameHint') : 'nameAhead')}>
        {(wiring) => <Input {...wiring} name="name" autoComplete="name" maxLength={60} required />}
      </Field>
      <Button type="submit" variant={live ? 'primary' : 'secondary'} size="large" busy={busy}>
        {t(live ? (asks ? 'ask' : 'join') : 'wait')}
      </Button>
      <p className="text-ink-2 text-sm">
        {t.rich('signInInstead', {
          link: (text) => (
            <AuthLink href={`/sign-in?next=${encodeURIComponent(`/join/${token}`)}`}>{text}</AuthLink>
          ),
        })}
      </p>
    </Form>
  );
}
