import { redirect } from 'next/navigation';
import { readCourse } from '@/components/course/read-course';
import { settingsParts } from '@/components/course/settings-parts';

type Props = { params: Promise<{ id: string }> };

/** The settings open at the first part that this person may change. */
export default async function CourseSettingsPage({ params }: Props) {
  const { id } = await params;
  const { role } = await readCourse(id);
  redirect(`/courses/${id}/settings/${settingsParts(role === 'owner')[0]}`);
}
