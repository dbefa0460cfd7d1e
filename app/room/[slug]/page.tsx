import { TRPCError } from '@trpc/server';
import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { Classroom } from '@/components/classroom/classroom';
import { MediaAhead } from '@/components/classroom/media/media-ahead';
import { isShutOut, ShutOut, shutOutScreen, type ShutOutWhy } from '@/components/classroom/shut-out';
import { getCaller, getNonce, getViewer } from '@/server/caller';

type Props = { params: Promise<{ slug: string }> };

type Answer = Awaited<ReturnType<Awaited<ReturnType<typeof getCaller>>['classroom']['open']>>;

/** The room as this person may see it, or the code of the refusal. Asked once a request. */
const open = cache(async (slug: string): Promise<Answer | 'NOT_FOUND' | ShutOutWhy> => {
  try {
    return await (await getCaller()).classroom.open({ slug });
  } catch (error) {
    const code = error instanceof TRPCError ? error.message : null;
    if (code === 'NOT_FOUND' || isShutOut(code)) return code;
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const answer = await open((await params).slug);
  return { title: await titleOf(answer), robots: { index: false } };
}

async function titleOf(answer: Answer | 'NOT_FOUND' | ShutOutWhy): Promise<string | undefined> {
  if (answer === 'NOT_FOUND') return undefined;
  if (typeof answer !== 'string') return answer.opening.title;
  return (await getTranslations('classroom.screens'))(`${shutOutScreen(answer)}.title`);
}

export default async function RoomPage({ params }: Props) {
  const { slug } = await params;
  const answer = await open(slug);
  if (answer === 'NOT_FOUND') {
    if ((await getViewer()).kind === 'anonymous')
      redirect(`/sign-in?next=${encodeURIComponent(`/room/${slug}`)}`);
    return notFound();
  }
  if (typeof answer === 'string') return <ShutOut why={answer} />;
  const { me, media } = answer.opening;
  return (
    <>
      {media && <MediaAhead me={me} grant={media} nonce={await getNonce()} />}
      <Classroom {...answer} />
    </>
  );
}
