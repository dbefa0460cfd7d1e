'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/components/trpc';
import { Banner } from '@/components/ui/banner';
import { Switch } from '@/components/ui/switch';
import { useCall } from '@/components/ui/use-call';

/** Whether people of one's courses see one online and can call. */
export function TakesCalls({ on }: { on: boolean }) {
  const t = useTranslations('account');
  const call = useCall();
  const [shown, setShown] = useState(on);

  async function change(to: boolean) {
    setShown(to);
    const done = await call.run(() => trpc.calls.setTakesCalls.mutate({ on: to }));
    if (!done) setShown(!to);
  }

  return (
    <div className="flex flex-col gap-3">
      <Switch label={t('takesCalls')} on={shown} onSwitch={(to) => void change(to)} />
      {call.sentence && <Banner tone="warn">{call.sentence}</Banner>}
    </div>
  );
}
