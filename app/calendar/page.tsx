import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { CalendarView } from '@/components/calendar/calendar-view';
import { scrollAhead } from '@/components/calendar/opening-scroll';
import { readPlace, spanOf } from '@/components/calendar/span';
import { PageFrame } from '@/components/site/page-frame';
import { ViewerMenu } from '@/components/site/viewer-menu';
import { InlineScript } from '@/components/ui/inline-script';
import { KeepFresh } from '@/components/ui/keep-fresh';
import { firstWeekday } from '@/messages/locales';
import { getCaller, getNonce, getViewer } from '@/server/caller';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('calendar'))('title') };
}

export default async function CalendarPage({ searchParams }: Props) {
  const place = readPlace(await searchParams);
  const viewer = await getViewer();
  if (viewer.kind !== 'account') redirect('/sign-in?next=/calendar');
  const caller = await getCaller();
  const day = place.date ?? new Date().toISOString().slice(0, 10);
  const [{ now, lessons }, courses] = await Promise.all([
    caller.calendar.lessons(spanOf(place.view, day, firstWeekday(await getLocale()))),
    caller.calendar.courses(),
  ]);
  return (
    <PageFrame wide menu={<ViewerMenu user={viewer.user} />}>
      <KeepFresh />
      <CalendarView place={place} phone={await isPhone()} now={now} lessons={lessons} courses={courses} />
      <InlineScript run={scrollAhead} nonce={await getNonce()} />
    </PageFrame>
  );
}

/** What the browser says of itself; a guess for the page as it arrives, corrected where it is wrong. */
async function isPhone(): Promise<boolean> {
  const asked = await headers();
  return asked.get('sec-ch-ua-mobile') === '?1' || /\bMobile\b/.test(asked.get('user-agent') ?? '');
}
