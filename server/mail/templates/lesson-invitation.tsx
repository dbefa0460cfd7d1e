import type { LessonNews } from '../types';
import type { Template, Writing } from '../write';
import { Line, MailFrame, Press } from './frame';

type Data = Writing<'lesson-invitation'>;

/** What is new about a lesson or a series: it comes, has moved, is called off, or is not theirs any more. */
export const lessonInvitation: Template<'lesson-invitation'> = {
  subject: (writing) => subjectOf(writing),
  body: (writing) => {
    const { say, data, times, frame, wayIn } = writing;
    const { kind, title, courseTitle, teacherName, news, more, last, timeZone, way, series } = data;
    const joins = kind === 'invited' || kind === 'changed';
    const count = news.length + more;
    return (
      <MailFrame frame={frame} preview={previewOf(writing)} title={title}>
        <Line>{say('course', { course: courseTitle, teacher: teacherName })}</Line>
        <Line>{say(`intro.${kind}`, { count })}</Line>
        {news.map((one) => (
          <Line key={one.at}>{sentenceOf(one, writing)}</Line>
        ))}
        {more > 0 && last !== null && (
          <Line>{say('more', { count: more, when: times.brief(last, timeZone) })}</Line>
        )}
        {count > 0 && (
          <Line quiet>
            {say('clock', { place: times.place(timeZone), zone: times.offset(news[0]?.at ?? 0, timeZone) })}
          </Line>
        )}
        {joins && <Press href={wayIn(way)}>{say('press')}</Press>}
        {joins && way.link && <Line quiet>{say(series ? 'yoursSeries' : 'yours')}</Line>}
      </MailFrame>
    );
  },
};

function subjectOf({ say, data, times }: Data): string {
  const { kind, title, news, more, timeZone, series } = data;
  const [first] = news;
  const count = news.length + more;
  const when = first ? times.brief(first.at, timeZone) : '';
  const one = count === 1 && first ? first : null;
  if (kind === 'invited')
    return say(`subject.${series ? 'invitedSeries' : 'invited'}`, { title, when, count });
  if (kind === 'changed' && one?.what === 'moved') return say('subject.moved', { title, when });
  const off = one?.what === 'off' && (kind === 'changed' || kind === 'cancelled');
  return off ? say('subject.cancelledOne', { title, when }) : say(`subject.${kind}`, { title });
}

/** What mail programs show beside the subject. */
function previewOf(writing: Data): string {
  const [first] = writing.data.news;
  return first ? sentenceOf(first, writing) : writing.data.courseTitle;
}

function sentenceOf({ what, title, at, minutes, was }: LessonNews, { say, data, times }: Data): string {
  const { timeZone, kind } = data;
  const now = times.span(at, minutes, timeZone);
  if (what === 'moved' && was) {
    const day = times.day(at, timeZone);
    if (times.day(was.at, timeZone) !== day)
      return say('news.moved', { now, was: times.span(was.at, was.minutes, timeZone) });
    const hours = {
      now: times.hours(at, minutes, timeZone),
      was: times.hours(was.at, was.minutes, timeZone),
    };
    return say('news.movedThatDay', { day, ...hours });
  }
  if (what === 'renamed') return say('news.renamed', { now, title, was: was?.title ?? '' });
  // In a list of what changed a lesson that takes place is one that did not.
  return say(what === 'on' && kind !== 'invited' ? 'news.again' : `news.${what}`, { now });
}
