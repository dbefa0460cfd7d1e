import { getApp } from '@/server/app';
import { answerCalendar } from '@/server/calendar/answer';
import { readLinkFile } from '@/server/calendar/files';

export const dynamic = 'force-dynamic';

type Props = { params: Promise<{ token: string }> };

/** The lesson behind a link, as a file for the calendar of whoever has the link. */
export async function GET({ headers }: Request, { params }: Props): Promise<Response> {
  const token = (await params).token.replace(/\.ics$/, '');
  return answerCalendar(getApp(), headers, { read: () => readLinkFile(getApp(), token), name: 'lesson' });
}
