import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { WorkerAdapters } from '../adapters/worker';
import { isStorageFull } from '../adapters/storage/full';
import { StorageOffsetError } from '../adapters/storage/port';
import type { App } from '../app';
import * as documents from '../documents/service';
import { AppError, type ErrorCode } from '../errors';
import { MULTIPART_OVERHEAD, receiveFile } from './receive';
import { callBack, isUploadApiKey, readSignedUpload, type SignedUpload } from './vendor';

type Answer = { status: number; body: unknown; headers?: Record<string, string> };
const refusal = (status: number, error: ErrorCode | 'BUSY' | 'INCOMPLETE'): Answer => ({
  status,
  body: { error },
});

/**
 * Takes uploads in the way of uploadthing's own ingest: `HEAD` tells how much is there, `PUT` brings the rest, and once all is there
 * and was found good, the FileRouter is called back and its answer goes to the uploader. A file that is not good is removed at once.
 */
export class Ingest {
  /** Uploads that a request is writing or finishing now: one at a time each. */
  readonly #busy = new Set<string>();

  constructor(
    private readonly app: App,
    private readonly adapters: WorkerAdapters,
  ) {}

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = await this.#answer(request);
    response.writeHead(answer.status, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      ...answer.headers,
      // The rest of a body that is not wanted ends with the connection.
      ...(request.complete ? {} : { connection: 'close' }),
    });
    response.end(request.method === 'HEAD' ? undefined : JSON.stringify(answer.body));
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const route = `${request.method} ${request.url?.split('?')[0]}`;
    // The FileRouter registers what it knows of a file, and the result of its callback: both stand in the database already.
    if (route === 'POST /ingest/route-metadata' || route === 'POST /ingest/callback-result') {
      if (!isUploadApiKey(this.app.env, request.headers['x-uploadthing-api-key']))
        return refusal(403, 'NOT_ALLOWED');
      await buffer(request);
      return { status: 200, body: { ok: true } };
    }
    if (request.method !== 'HEAD' && request.method !== 'PUT') return refusal(405, 'BAD_INPUT');
    const signed = readSignedUpload(this.app.env, request.url ?? '', request.headers.traceparent, Date.now());
    if (!signed) return refusal(403, 'LINK_INVALID');
    if (request.method === 'HEAD') return this.#head(signed);
    if (this.#busy.has(signed.uploadId)) return refusal(409, 'BUSY');
    this.#busy.add(signed.uploadId);
    try {
      return await this.#put(signed, request);
    } finally {
      this.#busy.delete(signed.uploadId);
    }
  }

  async #head(signed: SignedUpload): Promise<Answer> {
    const upload = await documents.findUpload(this.app.db, signed.uploadId);
    const done = !upload && (await documents.documentOfUpload(this.app, signed.uploadId));
    if (!upload && !done) return refusal(404, 'NOT_FOUND');
    const size = done ? signed.bytes : ((await this.adapters.storage.size(signed.uploadId)) ?? 0);
    return { status: 200, body: null, headers: { 'x-ut-range-start': String(size) } };
  }

  async #put(signed: SignedUpload, request: IncomingMessage): Promise<Answer> {
    const { app, adapters } = this;
    const upload = await documents.findUpload(app.db, signed.uploadId);
    if (!upload) {
      // The answer to an earlier request was lost on its way.
      const done = await documents.documentOfUpload(app, signed.uploadId);
      return done ? completed(done) : refusal(404, 'NOT_FOUND');
    }
    if (upload.bytes !== signed.bytes) return refusal(403, 'LINK_INVALID');
    const offset = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const remaining = upload.bytes - offset;
    if (remaining < 0) return refusal(409, 'BAD_INPUT');
    if (Number(request.headers['content-length'] ?? 0) > remaining + MULTIPART_OVERHEAD)
      return refusal(413, 'TOO_LARGE');
    try {
      const size = await receiveFile(request, adapters.storage, {
        key: upload.id,
        offset,
        announced: upload.bytes,
        // It counts already as what it will be.
        mayGoOn: () => documents.requireSpace(app, upload.userId, 0),
      });
      app.log.info({ uploadId: upload.id, offset, size, bytes: upload.bytes }, 'upload received');
      return size === upload.bytes ? await this.#finish(signed) : refusal(400, 'INCOMPLETE');
    } catch (error) {
      if (error instanceof StorageOffsetError) return refusal(409, 'BAD_INPUT');
      if (isStorageFull(error)) {
        app.log.error({ uploadId: upload.id, err: error }, 'no room for files');
        return refusal(507, 'STORAGE_FULL');
      }
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'TOO_LARGE') await this.#discard(upload.id);
      return refusal(error.code === 'TOO_LARGE' || error.code === 'QUOTA_REACHED' ? 413 : 400, error.code);
    }
  }

  async #finish(signed: SignedUpload): Promise<Answer> {
    const { app } = this;
    const inspected = await this.#inspect(signed);
    if ('failure' in inspected) {
      app.log.info({ uploadId: signed.uploadId, code: inspected.failure }, 'upload refused');
      await this.#discard(signed.uploadId);
      await callBack(app.env, 'error', signed, { error: inspected.failure });
      return refusal(422, inspected.failure);
    }
    await this.adapters.storage.seal(signed.uploadId);
    await documents.setInspection(app.db, signed.uploadId, inspected);
    await callBack(app.env, 'callback', signed, { metadata: { uploadId: signed.uploadId } });
    const documentId = await documents.documentOfUpload(app, signed.uploadId);
    if (!documentId) throw new Error('The callback made no document');
    return completed(documentId);
  }

  /** What its first and last bytes say. The rest is looked at by a job, once the uploader has been answered. */
  async #inspect({
    uploadId,
    name,
    bytes,
  }: SignedUpload): Promise<documents.UploadInspection | { failure: ErrorCode }> {
    const { storage } = this.adapters;
    const part = (start: number, length: number) =>
      bytes === 0
        ? Buffer.alloc(0)
        : buffer(storage.read(uploadId, { start, end: Math.min(bytes, start + length) - 1 }));
    const head = await part(0, documents.HEAD_BYTES);
    const tail = await part(Math.max(0, bytes - documents.TAIL_BYTES), documents.TAIL_BYTES);
    const verdict = await documents.judgeFile({ name, bytes, head, tail });
    return verdict.ok ? { mimeType: verdict.type } : { failure: verdict.failure };
  }

  /** Nothing stays of a file that is not taken. */
  async #discard(uploadId: string): Promise<void> {
    await this.adapters.storage.delete(uploadId);
    await documents.deleteUpload(this.app.db, uploadId);
  }
}

/** What uploadthing's client expects; `serverData` is what the FileRouter's `onUploadComplete` returned. */
function completed(documentId: string): Answer {
  return {
    status: 200,
    body: { serverData: { documentId }, url: '', appUrl: '', ufsUrl: '', fileHash: '' },
  };
}
