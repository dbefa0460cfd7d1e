import { TRPCError } from '@trpc/server';
import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { DoorNotice } from '@/components/join/door-notice';
import { JoinDoor } from '@/components/join/join-door';
import { getCaller, getViewer } from '@/server/caller';

type Props = { params: Promise<{ token: string }>; searchParams: Promise<{ removed?: string }> };

const readDoor = cache(async (token: string) => {
  const caller = await getCaller();
  try {
    return await caller.links.door({ token });
  } catch (error) {
    // What is no token at all is a link that is not valid.
    if (error instanceof TRPCError && (error.code === 'NOT_FOUND' || error.code === 'BAD_REQUEST'))
      notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await readDoor((await params).token)).title, robots: { index: false } };
}

export default async function DoorPage({ params, searchParams }: Props) {
  const { token } = await params;
  const door = await readDoor(token);
  if ((await searchParams).removed !== undefined) return <DoorNotice kind="removed" door={door} />;
  const viewer = await getViewer();
  const knownName = door.personName ?? (viewer.kind === 'account' ? viewer.user.name : null);
  const opens = door.standing === 'open' || door.standing === 'asks';
  if (opens && knownName) redirect(`/join/${encodeURIComponent(token)}`);
  return <JoinDoor token={token} initial={door} knownName={knownName} />;
}
