import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Storage } from '../adapters/storage/port';
import type { App } from '../app';
import { announceUpload, completeUpload, setInspection } from '../documents/service';

type Uploaded = { name: string; bytes: Uint8Array; replaces?: string };

/** A document as it is right after its upload: its bytes are there, and nobody has looked at them. Gives its id. */
export async function addDocument(
  app: App,
  storage: Storage,
  ownerId: string,
  { name, bytes, replaces }: Uploaded,
): Promise<string> {
  const fingerprint = createHash('sha256').update(randomUUID()).digest('hex');
  const uploadId = await announceUpload(app, ownerId, {
    ...{ name, size: bytes.byteLength, fingerprint },
    ...{ folderId: null, replaces: replaces ?? null },
  });
  await storage.put(uploadId, Readable.from([bytes]));
  await setInspection(app.db, uploadId, { mimeType: 'application/octet-stream' });
  return (await completeUpload(app, uploadId)).documentId;
}
