import { after } from 'next/server';
import { getApp } from '@/server/app';
import { AppError } from '@/server/errors';
import { readCapped } from '@/server/http';
import { takeWebhook } from '@/server/media/service';

const MAX_BYTES = 256_000;

/** What the media server reports. Acknowledged at once: it drops what is not taken within 30 s. */
export async function POST(request: Request): Promise<Response> {
  const app = getApp();
  try {
    const body = new TextDecoder().decode(await readCapped(request, MAX_BYTES));
    const work = await takeWebhook(app, body, request.headers.get('authorization'));
    if (work) {
      after(async () => {
        try {
          await work();
        } catch (error) {
          app.log.error({ err: error }, 'a webhook of the media server could not be followed');
        }
      });
    }
    return new Response(null, { status: 204 });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    app.log.warn({ err: error, code: error.code }, 'webhook refused');
    return new Response(null, { status: error.code === 'TOO_LARGE' ? 413 : 401 });
  }
}
