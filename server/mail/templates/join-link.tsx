import type { Template } from '../write';
import { Line, MailFrame, Press } from './frame';

/** The way into a lesson, once more. */
export const joinLink: Template<'join-link'> = {
  subject: ({ say, data }) => say('subject', { title: data.lessonTitle }),
  body: ({ say, data, times, frame }) => (
    <MailFrame frame={frame} preview={times.moment(data.startsAt, data.timeZone)} title={data.lessonTitle}>
      <Line>{data.courseTitle}</Line>
      <Line>{times.moment(data.startsAt, data.timeZone)}</Line>
      <Press href={data.url}>{say('press')}</Press>
      <Line quiet>{say('yours')}</Line>
    </MailFrame>
  ),
};
