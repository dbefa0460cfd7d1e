import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { BookingPage } from '@/components/bookings/page/booking-page';
import { readWish } from '@/components/bookings/page/wish';
import { readBookingPage, readFirstHours, readMoving } from '@/components/bookings/read-bookings';
import { getViewer } from '@/server/caller';

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { title, teacherName, description } = await readBookingPage((await params).slug);
  return { title: `${title} · ${teacherName}`, description: description.slice(0, 200) };
}

export default async function BookPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const search = await searchParams;
  const page = await readBookingPage(slug);
  const moving = search.move ? await readMoving(slug, [search.move].flat()[0] ?? '') : null;
  if (search.move && !moving) redirect('/bookings');
  const wish = readWish(search);
  const first = await readFirstHours(page, wish, moving);
  const signedIn = (await getViewer()).kind === 'account';
  return <BookingPage page={page} first={first} wish={wish} signedIn={signedIn} moving={moving} />;
}
