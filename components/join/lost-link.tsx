'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/components/trpc';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { Field, Input } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { FormFoot } from '@/components/ui/form-foot';
import { textOf, useCall } from '@/components/ui/use-call';

/** Who has an account and no link that works gets theirs by e-mail. What it says does not depend on whether anybody has the address. */
export function LostLink({ token }: { token: string }) {
  const t = useTranslations('lostLink');
  const call = useCall();
  const [open, setOpen] = useState(false);
  const [sent, setSent] = useState(false);

  async function send(form: FormData) {
    const email = textOf(form, 'email');
    setSent((await call.run(() => trpc.links.lost.mutate({ token: token.slice(0, 100), email }))) !== null);
  }

  if (!open)
    return (
      <div className="flex flex-col items-start gap-2">
        <p className="text-ink-2 text-sm">{t('hint')}</p>
        <Button onClick={() => setOpen(true)}>{t('open')}</Button>
      </div>
    );
  if (sent)
    return (
      <Banner
        action={
          <Button variant="quiet" size="small" onClick={() => setSent(false)}>
            {t('again')}
          </Button>
        }
      >
        {t('sent')}
      </Banner>
    );
  return (
    <Form onSend={send} onInput={call.clear} className="flex flex-col gap-3" aria-label={t('open')}>
      <Field label={t('email')} error={call.field === 'email' ? t('emailWrong') : null}>
        {(wiring) => (
          <Input
            {...wiring}
            name="email"
            type="email"
            autoComplete="email"
            maxLength={254}
            required
            autoFocus
          />
        )}
      </Field>
      <FormFoot call={call}>{t('send')}</FormFoot>
    </Form>
  );
}
