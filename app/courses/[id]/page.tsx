import { ChevronLeft, Settings } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { PastCalls } from '@/components/calls/past-calls';
import { CourseMaterialsSection } from '@/components/course/course-materials-section';
import { MeetNow } from '@/components/home/meet-now';
import { readCourse } from '@/components/course/read-course';
import { SyllabusList } from '@/components/course/syllabus-list';
import { CourseView } from '@/components/schedule/course-view';
import { PeoplePanel } from '@/components/schedule/people-panel';
import { PageFrame } from '@/components/site/page-frame';
import { ViewerMenu } from '@/components/site/viewer-menu';
import { Banner } from '@/components/ui/banner';
import { ButtonLink } from '@/components/ui/button';
import { KeepFresh } from '@/components/ui/keep-fresh';
import { LinkPending } from '@/components/ui/link-pending';
import { getCaller, getViewer } from '@/server/caller';

type Props = { params: Promise<{ id: string }> };

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
  const [lessons, people, reach, calls, sections, materials, t] = await Promise.all([
    caller.lessons.list({ courseId: course.id }),
    caller.courses.people({ courseId: course.id }),
    caller.calls.reach({ courseId: course.id }),
    caller.calls.list({ courseId: course.id }),
    caller.syllabus.list({ courseId: course.id }),
    caller.materials.list({ courseId: course.id }),
    getTranslations('course'),
  ]);
  const edits = course.role === 'owner' || course.role === 'teacher';
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
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
          <h1 className="min-w-0 font-semibold text-xl [overflow-wrap:anywhere]">{course.title}</h1>
          {edits && (
            <div className="flex gap-2">
              <MeetNow courseId={course.id} size="small" />
              <ButtonLink
                href={`/courses/${course.id}/settings`}
                size="small"
                prefetch={false}
                icon={<Settings size={15} aria-hidden />}
              >
                {t('settings')}
              </ButtonLink>
            </div>
          )}
        </div>
        {course.description && (
          <p className="max-w-prose whitespace-pre-line text-ink-2 [overflow-wrap:anywhere]">
            {course.description}
          </p>
        )}
      </div>
      {course.paymentOpen && (
        <div className="mb-8">
          <Banner tone="warn">{t('paymentOpen')}</Banner>
        </div>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-12 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-12">
          <CourseView course={course} {...lessons} />
          <SyllabusList sections={sections} />
          <CourseMaterialsSection courseId={course.id} materials={materials} edits={edits} />
        </div>
        <div className="flex min-w-0 flex-col gap-10">
          <PeoplePanel course={course} people={people} reach={reach} />
          <PastCalls now={lessons.now} calls={calls} />
        </div>
      </div>
    </PageFrame>
  );
}
