import type { Template } from '../write';
import { Line, MailFrame, Press } from './frame';

/** Somebody is asked into a course. */
export const courseInvitation: Template<'course-invitation'> = {
  subject: ({ say, data }) => say('subject', { teacher: data.teacherName, title: data.courseTitle }),
  body: ({ say, data, frame }) => (
    <MailFrame
      frame={frame}
      preview={data.courseTitle}
      title={data.courseTitle}
      why={say('why')}
      off={say('off')}
    >
      <Line>{say('invites', { teacher: data.teacherName })}</Line>
      <Press href={data.url}>{say('press')}</Press>
      <Line quiet>{say('yours')}</Line>
    </MailFrame>
  ),
};
