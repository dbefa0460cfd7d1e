import { TRPCError } from '@trpc/server';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { SharedFile } from '@/components/library/shared-file';
import { getCaller } from '@/server/caller';

type Props = { params: Promise<{ token: string }> };

const readShared = cache(async (token: string) => {
  const caller = await getCaller();
  try {
    return await caller.library.shared({ token });
  } catch (error) {
    // What is no token at all is a link that is not valid.
    if (error instanceof TRPCError && (error.code === 'NOT_FOUND' || error.code === 'BAD_REQUEST'))
      notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await readShared((await params).token)).name, robots: { index: false } };
}

export default async function SharedPage({ params }: Props) {
  const { token } = await params;
  return <SharedFile token={token} {...(await readShared(token))} />;
}
