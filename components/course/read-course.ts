import 'server-only';
import { TRPCError } from '@trpc/server';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { getCaller } from '@/server/caller';

/** The answer about something of a course; where it is not theirs to see, or at an address that is no id at all, it is not there. */
export async function orNotFound<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof TRPCError && ['NOT_FOUND', 'BAD_REQUEST', 'FORBIDDEN'].includes(error.code))
      notFound();
    throw error;
  }
}

/** The course of a page, as who asks for the page sees it; read once a request. */
export const readCourse = cache(async (courseId: string) => {
  const caller = await getCaller();
  return orNotFound(() => caller.courses.get({ courseId }));
});

/** How the course of a page is set up, for who may change it. */
export const readSettings = cache(async (courseId: string) => {
  const caller = await getCaller();
  return orNotFound(() => caller.courses.settings({ courseId }));
});

/** A course's open page at its address, or what a link leads to; read once a request. */
export const readCoursePage = cache(async (by: 'page' | 'link', key: string) => {
  const caller = await getCaller();
  const entrance = by === 'page' ? ({ by, slug: key } as const) : ({ by, token: key } as const);
  return orNotFound(() => caller.join.page({ entrance }));
});

/** The address that an invitation was sent to, for who signs up on the way to its page (`next`); null: they come from elsewhere. */
export async function readInvitedAddress(next: string): Promise<string | null> {
  const token = /^\/i\/(i\.[\w.-]+)$/.exec(next)?.[1];
  if (!token) return null;
  const caller = await getCaller();
  try {
    return (await caller.join.page({ entrance: { by: 'link', token } })).invitedAs?.email ?? null;
  } catch (error) {
    // A link that is not valid any more says so on its own page.
    if (error instanceof TRPCError) return null;
    throw error;
  }
}
