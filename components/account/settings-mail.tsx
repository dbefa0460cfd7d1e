'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/components/trpc';
import { Banner } from '@/components/ui/banner';
import { Switch } from '@/components/ui/switch';
import { useCall } from '@/components/ui/use-call';
import type { MailKind } from './settings';

/** Each kind of mail by itself, on or off at once. */
export function MailKinds({ kinds }: { kinds: readonly MailKind[] }) {
  const t = useTranslations('account');
  const call = useCall();
  const [shown, setShown] = useState(kinds);

  async function change(category: MailKind['category'], off: boolean) {
    const put = (to: boolean) =>
      setShown((last) => last.map((kind) => (kind.category === category ? { ...kind, off: to } : kind)));
    put(off);
    const done = await call.run(() => trpc.mail.setKind.mutate({ category, off }));
    if (!done) put(!off);
  }

  return (
    <div className="flex flex-col gap-3">
      <ul className="flex flex-col divide-y divide-line">
        {shown.map(({ category, off }) => (
          <li key={category} className="py-1.5 first:pt-0 last:pb-0">
            <Switch label={t(`kind.${category}`)} on={!off} onSwitch={(on) => void change(category, !on)} />
          </li>
        ))}
      </ul>
      {call.sentence && <Banner tone="warn">{call.sentence}</Banner>}
    </div>
  );
}
