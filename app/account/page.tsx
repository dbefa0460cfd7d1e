import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Settings } from '@/components/account/settings';
import { PageFrame } from '@/components/site/page-frame';
import { ViewerMenu } from '@/components/site/viewer-menu';
import { getCaller, getViewer } from '@/server/caller';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account'))('title') };
}

export default async function AccountPage() {
  const viewer = await getViewer();
  if (viewer.kind !== 'account') redirect('/sign-in?next=/account');
  const t = await getTranslations('account');
  const caller = await getCaller();
  const [account, kinds, calls] = await Promise.all([
    caller.identity.account(),
    caller.mail.kinds(),
    caller.calls.takesCalls(),
  ]);
  return (
    <PageFrame menu={<ViewerMenu user={viewer.user} />}>
      <h1 className="mb-6 font-semibold text-xl">{t('title')}</h1>
      <Settings account={account} kinds={kinds} takesCalls={calls.on} />
    </PageFrame>
  );
}
