import { createRouteHandler } from 'uploadthing/server';
import { getApp } from '@/server/app';
import { fileRouter } from '@/server/documents/file-router';
import { ingestUrl, uploadToken } from '@/server/files/vendor';
import { AppError } from '@/server/errors';
import { MAX_JSON_BYTES, readCapped, requestIdOf } from '@/server/http';
import { refusalResponse } from '@/server/trpc';

export const dynamic = 'force-dynamic';

let handler: ReturnType<typeof createRouteHandler> | undefined;

/** uploadthing's handler, with our own ingest in the place of the vendor's. Made at the first request: settings are not there at build. */
function handlerOf() {
  const { env } = getApp();
  handler ??= createRouteHandler({
    router: fileRouter,
    config: {
      token: uploadToken(env),
      ingestUrl: ingestUrl(env),
      callbackUrl: `${env.LECTERN_URL}/api/uploadthing`,
      // The ingest knows an upload before its address is handed out, in development too.
      isDev: false,
      handleDaemonPromise: 'await',
      // What goes wrong is logged by our own hooks, in the process' own log.
      logLevel: 'None',
    },
  });
  return handler;
}

/** Starts an upload (a signed-in person), or ends one (the ingest, by signature). */
export async function POST(request: Request): Promise<Response> {
  try {
    const body = await readCapped(request, MAX_JSON_BYTES);
    return await handlerOf()(new Request(request.url, { method: 'POST', headers: request.headers, body }));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return refusalResponse(error, requestIdOf(request.headers));
  }
}
