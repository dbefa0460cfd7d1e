import path from 'node:path';
import type { Env } from '../env';
import type { Log } from '../log';
import type { Converter } from './convert/port';
import { findLibreOffice } from './convert/libreoffice';
import { type MarkWriter, sandboxedMarkWriter } from './convert/mark-writer';
import { sandboxedConverter } from './convert/sandboxed';
import { localStorage } from './storage/local';
import type { Storage } from './storage/port';

/** What only the worker reaches: people's files, and the processes that read them. The web server never opens either. */
export type WorkerAdapters = { storage: Storage; converter: Converter; markWriter: MarkWriter };

export async function createWorkerAdapters(env: Env, log: Log): Promise<WorkerAdapters> {
  return {
    storage: await createStorage(env),
    converter: sandboxedConverter(path.join(env.LECTERN_STATE_DIR, 'work'), log, {
      program: findLibreOffice(),
    }),
    markWriter: sandboxedMarkWriter(path.join(env.LECTERN_STATE_DIR, 'work'), log),
  };
}

async function createStorage(env: Env): Promise<Storage> {
  const { S3_BUCKET, S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = env;
  if (!S3_BUCKET) return localStorage(path.join(env.LECTERN_STATE_DIR, 'files'));
  const credentials =
    S3_ACCESS_KEY_ID && S3_SECRET_ACCESS_KEY
      ? { accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY }
      : undefined;
  // 35 MB of code that only those load who need it.
  const { s3Storage } = await import('./storage/s3');
  // What is not Amazon's rarely has a host name for each bucket.
  return s3Storage(S3_BUCKET, {
    region: S3_REGION,
    ...(S3_ENDPOINT ? { endpoint: S3_ENDPOINT, forcePathStyle: true } : {}),
    ...(credentials ? { credentials } : {}),
  });
}
