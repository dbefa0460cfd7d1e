import { TRPCError } from '@trpc/server';
import { ChevronLeft } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound, redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { Materials } from '@/components/library/materials';
import { CourseView } from '@/components/schedule/course-view';
import { PeoplePanel } from '@/components/schedule/people-panel';
import { PageFrame } from '@/components/site/page-frame';
import { ViewerMenu } from '@/components/site/viewer-menu';
import { KeepFresh } from '@/components/ui/keep-fresh';
import { LinkPending } from '@/components/ui/link-pending';
import { getCaller, getViewer } from '@/server/caller';

type Props = { params: Promise<{ id: string }> };

const readCourse = cache(async (courseId: string) => {
  const caller = await getCaller();
  try {
    return await caller.courses.get({ courseId });
  } catch (error) {
    // An address that is no id at all is a course that is not there.
    if (error instanceof TRPCError && (error.code === 'NOT_FOUND' || error.code === 'BAD_REQUEST'))
      notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  if ((await getViewer()).kind !== 'account') return {};
  return { title: (await readCourse((await params).id)).title };
}

export default async function CoursePage({ params }: Props) {
  const { id } = await params;
  const viewer = await getViewer();
  if (viewer.kind !== 'account') redirect(`/sign-in?next=${encodeURIComponent(`/courses/${id}`)}`);
  const course = await readCourse(id);
  const caller = await getCaller();
  const [lessons, people, t] = await Promise.all([
    caller.lessons.list({ courseId: course.id }),
    caller.courses.people({ courseId: course.id }),
    getTranslations('course'),
  ]);
  return (
    <PageFrame menu={<ViewerMenu user={viewer.user} />}>
      <KeepFresh />
      <Link
        href="/dashboard"
        className="-ml-1.5 mb-4 inline-flex items-center gap-1 rounded-control px-1.5 py-1 text-ink-2 text-xs hover:bg-ink/6 hover:text-ink"
      >
        <ChevronLeft size={14} aria-hidden />
        {t('back')}
        <LinkPending />
      </Link>
      <div className="mb-8 flex flex-col gap-2">
        <h1 className="font-semibold text-xl [overflow-wrap:anywhere]">{course.title}</h1>
        {course.description && (
          <p className="max-w-prose whitespace-pre-line text-ink-2 [overflow-wrap:anywhere]">
            {course.description}
          </p>
        )}
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-12 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="flex min-w-0 flex-col gap-12">
          <CourseView course={course} {...lessons} />
          {course.role !== 'student' && <Materials courseId={course.id} />}
        </div>
        <PeoplePanel course={course} people={people} />
      </div>
    </PageFrame>
  );
}
