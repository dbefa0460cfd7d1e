'use client';

import type { inferRouterOutputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/components/trpc';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { useCall } from '@/components/ui/use-call';
import type { AppRouter } from '@/server/router';

type View = inferRouterOutputs<AppRouter>['mail']['readOff'];

/** One kind of mail, switched off by a press and on again by another. */
export function MailOff({ token, view }: { token: string; view: View }) {
  const t = useTranslations('mailOff');
  const call = useCall();
  const [off, setOff] = useState(view.off);
  const kind = t(`kind.${view.category}`);

  async function change(to: boolean) {
    const done = await call.run(() => trpc.mail.setOff.mutate({ token, off: to }));
    if (done) setOff(to);
  }

  return (
    <div className="flex max-w-prose flex-col items-start gap-4">
      <h1 className="font-semibold text-xl">{t('title')}</h1>
      <p role="status" className="text-ink-2 [overflow-wrap:anywhere]">
        {off ? t('isOff', { kind, address: view.address }) : t('isOn', { kind, address: view.address })}
      </p>
      <Button variant={off ? 'secondary' : 'primary'} busy={call.busy} onClick={() => void change(!off)}>
        {off ? t('switchOn') : t('switchOff')}
      </Button>
      {call.sentence && <Banner tone="warn">{call.sentence}</Banner>}
    </div>
  );
}
