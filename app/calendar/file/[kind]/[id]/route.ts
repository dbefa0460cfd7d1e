import { getApp } from '@/server/app';
import { answerCalendar } from '@/server/calendar/answer';
import { readLessonFile, readSeriesFile } from '@/server/calendar/files';
import { getViewer } from '@/server/caller';

export const dynamic = 'force-dynamic';

type Props = { params: Promise<{ kind: string; id: string }> };

/** A lesson, or the series that it belongs to, as a file for a calendar. */
export async function GET({ headers }: Request, { params }: Props): Promise<Response> {
  const [{ kind, id }, viewer] = await Promise.all([params, getViewer()]);
  const askerId = viewer.kind === 'account' ? viewer.user.id : null;
  const readFile = kind === 'series' ? readSeriesFile : readLessonFile;
  const name = kind === 'series' ? 'series' : 'lesson';
  const read = () => readFile(getApp(), askerId, id.replace(/\.ics$/, ''));
  return answerCalendar(getApp(), headers, { read, name });
}
