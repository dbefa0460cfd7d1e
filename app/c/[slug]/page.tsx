import type { Metadata } from 'next';
import { CoursePage } from '@/components/course/page/course-page';
import { readCoursePage } from '@/components/course/read-course';
import { getViewer } from '@/server/caller';

type Props = { params: Promise<{ slug: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { title, description, cover } = await readCoursePage('page', (await params).slug);
  return {
    title,
    description: description.slice(0, 200),
    openGraph: { title, ...(cover && { images: cover }) },
  };
}

export default async function PublicCoursePage({ params }: Props) {
  const { slug } = await params;
  const page = await readCoursePage('page', slug);
  const signedIn = (await getViewer()).kind === 'account';
  return <CoursePage page={page} entrance={{ by: 'page', slug }} signedIn={signedIn} />;
}
