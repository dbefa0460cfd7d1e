'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { type RefusalLike, useRefusalSentence } from '@/components/refusal-sentence';
import { refusalOf, trpc } from '@/components/trpc';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { Field, Input } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { textOf } from '@/components/ui/use-call';
import { presentName } from '@/components/ui/zones';
import { signIn } from './auth-client';

const MIN_PASSWORD = 10;

type Values = { name: string; email: string; password: string };

/** Makes an account and signs it in. `invited`: the address that an invitation was sent to, for who comes by it. */
export function SignUpForm({ next, invited }: { next: string; invited: string | null }) {
  const t = useTranslations('auth');
  const sentenceOf = useRefusalSentence();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<RefusalLike | null>(null);
  const [short, setShort] = useState(false);

  async function submit(form: FormData) {
    const values: Values = {
      name: textOf(form, 'name'),
      email: textOf(form, 'email'),
      password: textOf(form, 'password'),
    };
    setRefusal(null);
    setShort(values.password.length < MIN_PASSWORD);
    if (values.password.length < MIN_PASSWORD) return;
    setBusy(true);
    const refused = await signUp(values);
    if (!refused) return window.location.assign(next);
    setRefusal(refused);
    setBusy(false);
  }

  const taken = refusal?.code === 'EMAIL_TAKEN';
  return (
    <Form onSend={submit} className="flex flex-col gap-4" aria-busy={busy}>
      {refusal && !taken && (
        <Banner tone="warn" urgent>
          {sentenceOf(refusal)}
        </Banner>
      )}
      <Field label={t('name')} hint={t('nameHint')}>
        {(wiring) => <Input {...wiring} name="name" autoComplete="name" maxLength={60} required autoFocus />}
      </Field>
      <Field label={t('email')} error={taken ? sentenceOf(refusal) : null}>
        {(wiring) => (
          <Input
            {...wiring}
            name="email"
            type="email"
            autoComplete="username"
            maxLength={254}
            defaultValue={invited ?? ''}
            required
          />
        )}
      </Field>
      <Field
        label={t('password')}
        hint={t('passwordHint', { length: MIN_PASSWORD })}
        error={short ? t('passwordShort', { length: MIN_PASSWORD }) : null}
      >
        {(wiring) => (
          <Input
            {...wiring}
            name="password"
            type="password"
            autoComplete="new-password"
            maxLength={200}
            required
          />
        )}
      </Field>
      <Button type="submit" variant="primary" size="large" busy={busy} className="mt-2">
        {t('signUp')}
      </Button>
    </Form>
  );
}

/** With the clock on which their mails are written. */
async function signUp({ name, email, password }: Values): Promise<RefusalLike | null> {
  const timeZone = presentName(Intl.DateTimeFormat().resolvedOptions().timeZone);
  try {
    await trpc.identity.signUp.mutate({ name, email, password, timeZone });
  } catch (error) {
    return refusalOf(error);
  }
  return signIn(email, password);
}
