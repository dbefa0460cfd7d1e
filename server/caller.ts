import 'server-only';
import { headers } from 'next/headers';
import { cache } from 'react';
import { getApp } from './app';
import { createContext } from './context';
import { nonceIn } from './perimeter';
import { appRouter } from './router';
import { createCallerFactory } from './trpc';

const createCaller = createCallerFactory(appRouter);
const getContext = cache(async () => createContext(getApp(), await headers()));

/**
 * The API for server components, as the person who asks for the page: `const caller = await getCaller()`. One context a
 * request, however many components ask. Refusals arrive as TRPCError with the AppError as `cause`: see `refusalOf`.
 */
export const getCaller = cache(async () => createCaller(await getContext()));

/** Who is asking for this page. */
export const getViewer = async () => (await getContext()).viewer;

/** What this page's own scripts must carry to be run. */
export const getNonce = cache(async () => nonceIn((await headers()).get('content-security-policy')));
