import { createUploadthing, type FileRouter, UploadThingError, UTFiles } from 'uploadthing/server';
import { z } from 'zod';
import { isPresenting } from '@/room/roles';
import { type App, getApp } from '../app';
import { createContext } from '../context';
import { AppError } from '../errors';
import { boundUpload, senderOf } from '../files/sender';
import { requireOwnOrigin } from '../http';
import type { Viewer } from '../identity/service';
import { findParticipant } from '../rooms/service';
import { announcedFile, announceUpload, completeUpload } from './service';

const f = createUploadthing();

const uploadInput = z.strictObject({
  fingerprint: announcedFile.shape.fingerprint,
  folderId: announcedFile.shape.folderId,
  replaces: announcedFile.shape.replaces,
  roomId: z.uuid().nullable(),
});

/** What can be uploaded. One file a call, since each has a fingerprint of its own. */
export const fileRouter = {
  // The next size that the vendor knows above ours; the true limit is checked in `announceUpload`.
  document: f({ blob: { maxFileSize: '512MB', maxFileCount: 1 } }, { awaitServerData: true })
    .input(uploadInput)
    .middleware(({ req, files, input }) => inVendorsErrors(() => authorise(req, files, input)))
    // The ingest has removed what it refused and told the uploader why.
    .onUploadError(({ error, fileKey }) => getApp().log.info({ fileKey, err: error }, 'upload refused'))
    .onUploadComplete(({ metadata }) => inVendorsErrors(() => completeUpload(getApp(), metadata.uploadId))),
} satisfies FileRouter;

export type LecternFileRouter = typeof fileRouter;

async function authorise(
  request: Request,
  files: readonly { name: string; size: number; type: string; lastModified?: number }[],
  { roomId, ...wish }: z.infer<typeof uploadInput>,
) {
  const { app, viewer } = await createContext(getApp(), request.headers);
  requireOwnOrigin(request, app.env.LECTERN_URL);
  if (viewer.kind !== 'account') throw new AppError('NOT_SIGNED_IN');
  if (roomId) await requirePresenter(app, roomId, viewer);
  const [file] = files;
  const sender = senderOf(request.headers.get('traceparent'));
  if (!file || !sender || files.length > 1) throw new AppError('BAD_INPUT');
  const parsed = announcedFile.safeParse({ name: file.name, size: file.size, ...wish });
  if (!parsed.success) throw new AppError('BAD_INPUT');
  const uploadId = await announceUpload(app, viewer.user.id, parsed.data);
  // The custom id stands in the signed address: it is how the ingest finds the upload, and knows who may send to it.
  const customId = boundUpload(app.env, uploadId, sender);
  const { name } = parsed.data;
  return {
    uploadId,
    [UTFiles]: [{ ...file, name, lastModified: file.lastModified ?? Date.now(), customId }],
  };
}

/** Everybody with an account may fill their own library; from within a room, only who presents there. */
async function requirePresenter(app: App, roomId: string, viewer: Viewer): Promise<void> {
  const { role } = await findParticipant(app, roomId, viewer, null);
  if (!isPresenting(role)) throw new AppError('NOT_ALLOWED');
}

const VENDOR_CODES = {
  NOT_SIGNED_IN: 'FORBIDDEN',
  NOT_ALLOWED: 'FORBIDDEN',
  BAD_ORIGIN: 'FORBIDDEN',
  FILE_TOO_LARGE: 'TOO_LARGE',
  QUOTA_REACHED: 'TOO_LARGE',
} as const;

/** Our code travels as the message: it is what the vendor's client hands on. */
async function inVendorsErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError)) {
      getApp().log.error({ err: error }, 'upload failed');
      throw error;
    }
    const code = VENDOR_CODES[error.code as keyof typeof VENDOR_CODES] ?? 'BAD_REQUEST';
    // The vendor's error is an Error too, which its types do not say.
    throw new UploadThingError({ code, message: error.code, cause: error }) as Error;
  }
}
