import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { BookingsView } from '@/components/bookings/manage/bookings-view';
import { PageFrame } from '@/components/site/page-frame';
import { ViewerMenu } from '@/components/site/viewer-menu';
import { KeepFresh } from '@/components/ui/keep-fresh';
import { readZoneCookie, ZONE_COOKIE } from '@/components/ui/zones';
import { getCaller, getViewer } from '@/server/caller';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('bookings'))('pageTitle') };
}

export default async function BookingsPage() {
  const viewer = await getViewer();
  if (viewer.kind !== 'account') redirect('/sign-in?next=/bookings');
  const t = await getTranslations('bookings');
  const timeZone = readZoneCookie((await cookies()).get(ZONE_COOKIE)?.value);
  const caller = await getCaller();
  const [{ now, bookings }, setup] = await Promise.all([
    caller.bookings.list(),
    caller.bookings.setup({ timeZone }),
  ]);
  return (
    <PageFrame menu={<ViewerMenu user={viewer.user} />}>
      <KeepFresh />
      <h1 className="mb-8 font-semibold text-xl">{t('pageTitle')}</h1>
      <BookingsView bookings={bookings} setup={setup} now={now} />
    </PageFrame>
  );
}
