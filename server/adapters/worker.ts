import path from 'node:path';
import type { App } from '../app';
import type { Env } from '../env';
import { hostedIndex } from '../files/queries';
import { mailboxStore } from '../mail/queries';
import type { Converter } from './convert/port';
import { findLibreOffice } from './convert/libreoffice';
import { type MarkWriter, sandboxedMarkWriter } from './convert/mark-writer';
import { sandboxedConverter } from './convert/sandboxed';
import { mailboxMailer } from './mail/mailbox';
import type { Mailer } from './mail/port';
import { localStorage } from './storage/local';
import type { Storage } from './storage/port';
import { uploadthingStorage } from './storage/uploadthing';
import { readUploadthingToken } from './storage/uploadthing-api';
import { ffmpegTranscoder } from './transcode/ffmpeg';
import type { Transcoder } from './transcode/port';
import { findFfmpeg } from './transcode/run';

/** What only the worker reaches: people's files, and the processes that read them. The web server never opens either. */
export type WorkerAdapters = {
  storage: Storage;
  converter: Converter;
  markWriter: MarkWriter;
  transcoder: Transcoder;
  mailer: Mailer;
};

export async function createWorkerAdapters(app: Pick<App, 'db' | 'env' | 'log'>): Promise<WorkerAdapters> {
  const { env, log } = app;
  const workFolder = path.join(env.LECTERN_STATE_DIR, 'work');
  return {
    storage: await createStorage(app),
    converter: sandboxedConverter(workFolder, log, { program: findLibreOffice() }),
    markWriter: sandboxedMarkWriter(workFolder, log),
    transcoder: ffmpegTranscoder(workFolder, log, { folder: findFfmpeg() }),
    mailer: await createMailer(app),
  };
}

async function createMailer({ db, env, log }: Pick<App, 'db' | 'env' | 'log'>): Promise<Mailer> {
  if (!env.SMTP_URL) {
    if (env.NODE_ENV === 'production')
      log.warn('SMTP_URL is not set: mail is kept in the mailbox and reaches nobody');
    return mailboxMailer(mailboxStore(db));
  }
  const from = env.MAIL_FROM ?? `Lectern <lectern@${new URL(env.LECTERN_URL).hostname}>`;
  const { smtpMailer } = await import('./mail/smtp');
  return smtpMailer({ url: env.SMTP_URL, from });
}

async function createStorage({ db, env }: Pick<App, 'db' | 'env'>): Promise<Storage> {
  if (env.S3_BUCKET && env.UPLOADTHING_TOKEN)
    throw new Error('S3_BUCKET and UPLOADTHING_TOKEN are both set: files lie in one place');
  if (env.UPLOADTHING_TOKEN) {
    const token = readUploadthingToken(env.UPLOADTHING_TOKEN);
    const apiUrl = env.UPLOADTHING_API_URL;
    const filesUrl = env.UPLOADTHING_FILES_URL ?? `https://${token.appId}.ufs.sh`;
    return uploadthingStorage({ token, apiUrl, filesUrl }, hostedIndex(db), env.LECTERN_STATE_DIR);
  }
  return env.S3_BUCKET
    ? createS3Storage(env, env.S3_BUCKET)
    : localStorage(path.join(env.LECTERN_STATE_DIR, 'files'));
}

async function createS3Storage(env: Env, bucket: string): Promise<Storage> {
  const { S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = env;
  const credentials =
    S3_ACCESS_KEY_ID && S3_SECRET_ACCESS_KEY
      ? { accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY }
      : undefined;
  // 35 MB of code that only those load who need it.
  const { s3Storage } = await import('./storage/s3');
  // What is not Amazon's rarely has a host name for each bucket.
  return s3Storage(bucket, {
    region: S3_REGION,
    ...(S3_ENDPOINT ? { endpoint: S3_ENDPOINT, forcePathStyle: true } : {}),
    ...(credentials ? { credentials } : {}),
  });
}
