import { getApp } from '@/server/app';
import { answerTrpc } from '@/server/trpc-http';

/** The one door of the API. In production the front door takes what a class asks most often before Next does. */
async function handle(request: Request): Promise<Response> {
  return answerTrpc(getApp(), request);
}

export { handle as GET, handle as POST };
