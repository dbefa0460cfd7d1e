import { getApp } from '@/server/app';
import { answerCalendar } from '@/server/calendar/answer';
import { readFeed } from '@/server/calendar/service';

export const dynamic = 'force-dynamic';

type Props = { params: Promise<{ token: string }> };

/** Somebody's calendar, for the program that subscribed to it: it has no cookies, its address is the right to it. */
export async function GET({ headers }: Request, { params }: Props): Promise<Response> {
  const token = (await params).token.replace(/\.ics$/, '');
  return answerCalendar(getApp(), headers, { read: () => readFeed(getApp(), token), name: null });
}
