import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { LibraryPage } from '@/components/library/library-page';
import { PageFrame } from '@/components/site/page-frame';
import { ViewerMenu } from '@/components/site/viewer-menu';
import { getViewer } from '@/server/caller';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('library'))('title') };
}

export default async function Library() {
  const viewer = await getViewer();
  if (viewer.kind !== 'account') redirect('/sign-in?next=/library');
  const t = await getTranslations('library');
  return (
    <PageFrame menu={<ViewerMenu user={viewer.user} />}>
      <h1 className="mb-6 font-semibold text-xl">{t('title')}</h1>
      <LibraryPage />
    </PageFrame>
  );
}
