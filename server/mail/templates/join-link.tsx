import type { Template } from '../write';
import { Line, MailFrame, Press } from './frame';

/** The ways into somebody's lessons, once more. */
export const joinLink: Template<'join-link'> = {
  subject: ({ say, data: { lessons } }) =>
    say(lessons.length > 0 ? 'subject' : 'subjectNone', {
      title: lessons[0]?.title ?? '',
      count: lessons.length,
    }),
  body: ({ say, data: { lessons, gone }, times, frame, wayIn }) => {
    const title = say(lessons.length > 0 ? 'title' : 'titleNone', { count: lessons.length });
    return (
      <MailFrame frame={frame} preview={lessons[0]?.title ?? title} title={title}>
        {gone && <Line>{say(`gone.${gone.status}`, { title: gone.title })}</Line>}
        {lessons.length === 0 && <Line>{say('none')}</Line>}
        {lessons.map((lesson) => (
          <div key={lesson.at}>
            <Line>
              <strong>{lesson.title}</strong>
              <br />
              {lesson.courseTitle}
              <br />
              {times.moment(lesson.at, lesson.timeZone)} ({times.place(lesson.timeZone)})
            </Line>
            <Press href={wayIn(lesson.way)}>{say('press')}</Press>
          </div>
        ))}
        {lessons.some(({ way }) => way.link) && <Line quiet>{say('yours', { count: lessons.length })}</Line>}
      </MailFrame>
    );
  },
};
