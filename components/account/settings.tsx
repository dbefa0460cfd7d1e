'use client';

import type { inferRouterOutputs } from '@trpc/server';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId } from 'react';
import { TakesCalls } from '@/components/calls/takes-calls';
import { LanguageField } from '@/components/site/language-choice';
import { trpc } from '@/components/trpc';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { useCall } from '@/components/ui/use-call';
import type { AppRouter } from '@/server/router';
import { MailKinds } from './settings-mail';
import { ProfileForm } from './settings-profile';

type Outputs = inferRouterOutputs<AppRouter>;
export type Account = Outputs['identity']['account'];
export type MailKind = Outputs['mail']['kinds'][number];
type Props = { account: Account; kinds: readonly MailKind[]; takesCalls: boolean };

/** What somebody chooses about their account: who they are, on which clock, what mail they want, and whether they are called. */
export function Settings({ account, kinds, takesCalls }: Props) {
  const t = useTranslations('account');
  return (
    <div className="flex flex-col divide-y divide-line border-line border-y">
      <Part title={t('you')} text={t('youText')}>
        <ProfileForm account={account} />
      </Part>
      <Part title={t('language')} text={t('languageText')}>
        <LanguageField />
      </Part>
      <Part title={t('mail')} text={t('mailText', { email: account.email })}>
        <MailKinds kinds={kinds} />
      </Part>
      <Part title={t('calls')} text={t('callsText')}>
        <TakesCalls on={takesCalls} />
      </Part>
      <Part title={t('devices')} text={t('devicesText')}>
        <SignOutEverywhere />
      </Part>
    </div>
  );
}

/** What it is about at the left, what there is to choose at the right; on a phone below each other. */
function Part({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="grid gap-x-10 gap-y-4 py-8 md:grid-cols-[16rem_minmax(0,28rem)]">
      <div className="flex flex-col gap-1">
        <h2 id={id} className="font-semibold text-base">
          {title}
        </h2>
        <p className="text-ink-2 text-sm [overflow-wrap:anywhere]">{text}</p>
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  );
}

function SignOutEverywhere() {
  const t = useTranslations('account');
  const call = useCall();
  async function signOut() {
    const done = await call.run(() => trpc.identity.signOut.mutate({ everywhere: true }));
    if (done) window.location.assign('/sign-in');
  }
  return (
    <div className="flex flex-col items-start gap-3">
      <Button variant="danger" busy={call.busy} onClick={() => void signOut()}>
        {t('signOutEverywhere')}
      </Button>
      {call.sentence && <Banner tone="warn">{call.sentence}</Banner>}
    </div>
  );
}
