import { useTranslations } from 'next-intl';
import { CourseLink } from './course-link';
import { InvitationList } from './invitation-list';
import { InviteForm } from './invite-form';
import { RequestList } from './request-list';
import type { Invitation, JoinRequest } from './types';

type Props = {
  courseId: string;
  manages: boolean;
  requests: readonly JoinRequest[];
  invitations: readonly Invitation[];
  linkUrl: string | null;
};

/** Who wants to get into a course, who was asked in, and the link that anybody may follow. */
export function PeopleSettings({ courseId, manages, requests, invitations, linkUrl }: Props) {
  const t = useTranslations('invite');
  return (
    <>
      <RequestList courseId={courseId} requests={requests} />
      <section aria-labelledby="invite" className="flex flex-col gap-4">
        <div className="flex flex-col gap-1">
          <h2 id="invite" className="font-semibold text-base">
            {t('title')}
          </h2>
          <p className="text-ink-2 text-sm">{t('text')}</p>
        </div>
        <InviteForm courseId={courseId} manages={manages} />
        <InvitationList courseId={courseId} invitations={invitations} />
      </section>
      <CourseLink courseId={courseId} url={linkUrl} />
    </>
  );
}
