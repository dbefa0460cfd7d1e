'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/components/trpc';
import { Field, Input } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { FormFoot } from '@/components/ui/form-foot';
import { toast } from '@/components/ui/toast';
import { textOf, useCall } from '@/components/ui/use-call';
import { useViewerZone } from '@/components/ui/viewer-zone';
import { ZonePicker } from '@/components/ui/zone-picker';
import type { Account } from './settings';

/** Name, address and clock. Who has not chosen a clock is offered that of their device. */
export function ProfileForm({ account }: { account: Account }) {
  const t = useTranslations('account');
  const router = useRouter();
  const call = useCall();
  const here = useViewerZone();
  const [chosen, setChosen] = useState(account.timeZone);
  const timeZone = chosen ?? here;

  async function send(form: FormData) {
    const done = await call.run(() =>
      trpc.identity.changeAccount.mutate({ name: textOf(form, 'name'), timeZone }),
    );
    if (!done) return;
    router.refresh();
    await toast(t('saved'));
  }

  return (
    <Form aria-label={t('you')} className="flex flex-col gap-5" onInput={call.clear} onSend={send}>
      <Field label={t('name')} error={call.field === 'name' ? t('nameWrong') : null}>
        {(wiring) => (
          <Input
            {...wiring}
            name="name"
            autoComplete="name"
            required
            maxLength={60}
            defaultValue={account.name}
          />
        )}
      </Field>
      <Field label={t('email')} hint={t('emailHint')}>
        {(wiring) => <Input {...wiring} type="email" value={account.email} readOnly className="text-ink-2" />}
      </Field>
      <Field
        label={t('zone')}
        hint={t('clockText')}
        error={call.field === 'timeZone' ? t('zoneWrong') : null}
      >
        {(wiring) => <ZonePicker wiring={wiring} name="timeZone" value={timeZone} onChange={setChosen} />}
      </Field>
      <FormFoot call={call}>{t('save')}</FormFoot>
    </Form>
  );
}
