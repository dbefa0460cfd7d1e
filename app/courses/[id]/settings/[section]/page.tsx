import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { readSettings } from '@/components/course/read-course';
import { SettingsFrame } from '@/components/course/settings-frame';
import { SettingsPartView } from '@/components/course/settings-part-view';
import { settingsPartOf } from '@/components/course/settings-parts';
import { PageFrame } from '@/components/site/page-frame';
import { ViewerMenu } from '@/components/site/viewer-menu';
import { getViewer } from '@/server/caller';

type Props = { params: Promise<{ id: string; section: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('courseSettings'))('title') };
}

export default async function CourseSettingsPartPage({ params }: Props) {
  const { id, section } = await params;
  const viewer = await getViewer();
  if (viewer.kind !== 'account')
    redirect(`/sign-in?next=${encodeURIComponent(`/courses/${id}/settings/${section}`)}`);
  const settings = await readSettings(id);
  const part = settingsPartOf(section, settings.manages);
  if (!part) notFound();
  const course = { id: settings.id, title: settings.basics.title };
  return (
    <PageFrame menu={<ViewerMenu user={viewer.user} />}>
      <SettingsFrame course={course} manages={settings.manages} current={part}>
        <SettingsPartView part={part} settings={settings} />
      </SettingsFrame>
    </PageFrame>
  );
}
