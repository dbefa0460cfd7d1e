import type { Template } from '../write';
import { Line, MailFrame, Press } from './frame';

/** A lesson begins in a day, an hour or five minutes. */
export const lessonReminder: Template<'lesson-reminder'> = {
  subject: ({ say, data }) => say(`subject.${data.kind}`, { title: data.lessonTitle }),
  body: ({ say, data, times, frame, wayIn }) => (
    <MailFrame frame={frame} preview={times.moment(data.startsAt, data.timeZone)} title={data.lessonTitle}>
      <Line>{data.courseTitle}</Line>
      <Line>
        {times.moment(data.startsAt, data.timeZone)} ({times.place(data.timeZone)})
      </Line>
      <Press href={wayIn(data.way)}>{say('press')}</Press>
      {data.way.link && <Line quiet>{say('yours')}</Line>}
    </MailFrame>
  ),
};
