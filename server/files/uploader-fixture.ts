import { createHash, randomBytes } from 'node:crypto';
import { expect, vi } from 'vitest';
import { findDocument } from '../documents/queries';
import type { FilesPerson, FilesStack } from './files-fixture';

export type SentFile = {
  name: string;
  bytes: Buffer;
  /** As announced, where that is something else. */
  size?: number;
  /** The same salt is the same file. */
  salt?: string;
  folderId?: string | null;
  replaces?: string | null;
};

/** What an upload address is for. */
export const idOf = (url: string) => boundOf(url).split('.')[0] ?? '';

const boundOf = (url: string) => String(new URL(url).searchParams.get('x-ut-custom-id'));

/** Uploads as uploadthing's client does, step by step. `self` is who does where nobody is named. */
export function uploaderTo(stack: FilesStack, self: () => FilesPerson) {
  let files = 0;
  /** By the address' path: what each was announced with. */
  const senders = new Map<string, string>();

  /** What the program that announced an upload says of itself to the ingest, and nobody else can. */
  const asSender = (url: string) => ({ traceparent: senders.get(new URL(url).pathname) ?? '' });

  /** Asks for an address to upload to. */
  async function announce(
    file: SentFile,
    { cookie } = self(),
    origin = stack.app.env.LECTERN_URL,
    traceparent = `00-${randomBytes(16).toString('hex')}-${'0'.repeat(15)}1-01`,
  ) {
    const fingerprint = createHash('sha256')
      .update(file.salt ?? `${(files += 1)}`)
      .digest('hex');
    const { folderId = null, replaces = null } = file;
    const response = await fetch(
      `${stack.app.env.LECTERN_URL}/api/uploadthing?actionType=upload&slug=document`,
      {
        method: 'POST',
        headers: {
          ...{ 'content-type': 'application/json', 'x-uploadthing-version': '7.7.4' },
          ...{ cookie, origin, traceparent },
        },
        body: JSON.stringify({
          files: [
            {
              name: file.name,
              size: file.size ?? file.bytes.length,
              type: 'application/pdf',
              lastModified: 1,
            },
          ],
          input: { fingerprint, roomId: null, folderId, replaces },
        }),
      },
    );
    const body: unknown = await response.json();
    const url = Array.isArray(body) ? String(body[0].url) : '';
    if (url) senders.set(new URL(url).pathname, traceparent);
    return { status: response.status, body, url };
  }

  /** Sends the bytes from an offset on. */
  async function put(url: string, bytes: Buffer, offset = 0, as: Record<string, string> = asSender(url)) {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(bytes)]), 'whatever.bin');
    const headers = { range: `bytes=${offset}-`, origin: stack.app.env.LECTERN_URL, ...as };
    const response = await fetch(url, { method: 'PUT', headers, body: form });
    return {
      status: response.status,
      body: (await response.json()) as { error?: string; serverData?: { documentId: string } },
    };
  }

  async function offsetOf(url: string, as: Record<string, string> = asSender(url)) {
    const response = await fetch(url, { method: 'HEAD', headers: as });
    return { status: response.status, offset: Number(response.headers.get('x-ut-range-start')) };
  }

  async function upload(file: SentFile, who = self()) {
    const { url } = await announce(file, who);
    return { ...(await put(url, file.bytes)), id: idOf(url) };
  }

  async function settled(id: string) {
    return vi.waitFor(async () => {
      const document = await findDocument(stack.app.db, id);
      expect(document?.status).toMatch(/ready|failed/);
      if (!document) throw new Error('It is gone');
      return document;
    }, 60_000);
  }

  /** Uploads, and waits until the document is as it stays. */
  async function uploaded(file: SentFile, who = self()) {
    const { status, body } = await upload(file, who);
    expect(status).toBe(200);
    return settled(String(body.serverData?.documentId));
  }

  return { announce, asSender, put, offsetOf, upload, uploaded, settled };
}
