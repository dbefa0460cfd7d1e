import type { Metadata } from 'next';
import { CoursePage } from '@/components/course/page/course-page';
import { OwnRoomPage } from '@/components/course/page/own-room-page';
import { readCoursePage } from '@/components/course/read-course';
import { getViewer } from '@/server/caller';

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { title } = await readCoursePage('link', (await params).token);
  return { title, robots: { index: false }, referrer: 'no-referrer' };
}

/** The page of a course for who was invited, or has the course's link. */
export default async function InvitedCoursePage({ params }: Props) {
  const { token } = await params;
  const page = await readCoursePage('link', token);
  const signedIn = (await getViewer()).kind === 'account';
  if (page.room) return <OwnRoomPage name={page.teacherName} joinUrl={page.room.joinUrl} />;
  return <CoursePage page={page} entrance={{ by: 'link', token }} signedIn={signedIn} />;
}
