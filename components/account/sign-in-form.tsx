'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { type RefusalLike, useRefusalSentence } from '@/components/refusal-sentence';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { Field, Input } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { textOf } from '@/components/ui/use-call';
import { signIn } from './auth-client';

/** E-mail and password. `next` is a path of this site, checked by the page. */
export function SignInForm({ next }: { next: string }) {
  const t = useTranslations('auth');
  const sentenceOf = useRefusalSentence();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<RefusalLike | null>(null);

  async function submit(form: FormData) {
    setBusy(true);
    setRefusal(null);
    const refused = await signIn(textOf(form, 'email'), textOf(form, 'password'));
    // A whole new page: everything that was rendered for nobody is rendered again for somebody.
    if (!refused) return window.location.assign(next);
    setRefusal(refused);
    setBusy(false);
  }

  return (
    <Form onSend={submit} className="flex flex-col gap-4" aria-busy={busy}>
      {refusal && (
        <Banner tone="warn" urgent>
          {sentenceOf(refusal)}
        </Banner>
      )}
      <Field label={t('email')}>
        {(wiring) => (
          <Input
            {...wiring}
            name="email"
            type="email"
            autoComplete="username"
            maxLength={254}
            required
            autoFocus
          />
        )}
      </Field>
      <Field label={t('password')}>
        {(wiring) => (
          <Input
            {...wiring}
            name="password"
            type="password"
            autoComplete="current-password"
            maxLength={200}
            required
          />
        )}
      </Field>
      <Button type="submit" variant="primary" size="large" busy={busy} className="mt-2">
        {t('signIn')}
      </Button>
    </Form>
  );
}
