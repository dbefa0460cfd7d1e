import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { HomeView } from '@/components/home/home-view';
import { PageFrame } from '@/components/site/page-frame';
import { ViewerMenu } from '@/components/site/viewer-menu';
import { KeepFresh } from '@/components/ui/keep-fresh';
import { getCaller, getViewer } from '@/server/caller';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('dashboard'))('title') };
}

export default async function DashboardPage() {
  const viewer = await getViewer();
  if (viewer.kind !== 'account') redirect('/sign-in?next=/dashboard');
  const t = await getTranslations('dashboard');
  return (
    <PageFrame menu={<ViewerMenu user={viewer.user} />}>
      <KeepFresh />
      <h1 className="mb-6 font-semibold text-xl">{t('title')}</h1>
      <Home />
    </PageFrame>
  );
}

/** Read while the header reads what is new. */
async function Home() {
  return <HomeView home={await (await getCaller()).home.read()} />;
}
