import { createHmac } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { z } from 'zod';
import type { ByteRange } from './port';

/** Where the vendor is, and who we are to it. */
export type UploadthingAccount = { token: UploadthingToken; apiUrl: string; filesUrl: string };

const token = z.object({ apiKey: z.string().startsWith('sk_'), appId: z.string().min(1) });
type UploadthingToken = z.infer<typeof token>;

/**
 * What a token of uploadthing's dashboard says.
 * @throws Error that holds nothing of it
 */
export function readUploadthingToken(text: string): UploadthingToken {
  try {
    return token.parse(JSON.parse(Buffer.from(text, 'base64').toString()));
  } catch {
    // Parsers tell what they were given: that is the secret.
    throw new Error('UPLOADTHING_TOKEN is not a token as the dashboard of uploadthing shows it');
  }
}

/** How long an address of a file holds: it is asked for at once. */
const ADDRESS_MS = 5 * 60_000;

/**
 * The part of uploadthing's interface that files need, as its documentation has it: REST (v6 and v7) with the API key, a signed
 * address to send to, signed addresses of private files. Nothing that is thrown here holds the key or an address.
 */
export function uploadthingApi({ token: { apiKey }, apiUrl, filesUrl }: UploadthingAccount) {
  async function ask(path: string, body: unknown): Promise<unknown> {
    const response = await fetch(new URL(path, apiUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-uploadthing-api-key': apiKey },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    await requireStatus(response, path, 200);
    return response.json();
  }

  /** The documented signature of a private file's address. */
  function addressOf(name: string, now: number): string {
    const url = new URL(`/f/${encodeURIComponent(name)}`, filesUrl);
    url.searchParams.set('expires', String(now + ADDRESS_MS));
    const signature = createHmac('sha256', apiKey).update(url.href).digest('hex');
    url.searchParams.set('signature', `hmac-sha256=${signature}`);
    return url.href;
  }

  return {
    /** A new name at the vendor, and the signed address to which its bytes are sent. */
    async prepare(fileName: string, bytes: number): Promise<{ key: string; url: string }> {
      const answer = await ask('/v7/prepareUpload', {
        fileName,
        fileSize: bytes,
        fileType: 'application/octet-stream',
        contentDisposition: 'attachment',
        // Never anybody's who knows the name: an app that does not allow it is told so here.
        acl: 'private',
      });
      return z.object({ key: z.string().regex(/^[\w-]+$/), url: z.url() }).parse(answer);
    },

    /** Sends a file of this machine. */
    async send(url: string, file: string): Promise<void> {
      const form = new FormData();
      form.append('file', await openAsBlob(file), 'file');
      const response = await fetch(url, { method: 'PUT', headers: { range: 'bytes=0-' }, body: form });
      await requireStatus(response, 'the ingest', 200);
      await response.body?.cancel();
    },

    /** The bytes of a file, or of a part of it. */
    async open(name: string, range: ByteRange | undefined): Promise<AsyncIterable<Uint8Array>> {
      const headers: HeadersInit = range ? { range: `bytes=${range.start}-${range.end}` } : {};
      const response = await fetch(addressOf(name, Date.now()), { headers });
      await requireStatus(response, 'a file', range ? 206 : 200);
      if (!response.body) throw new Error('uploadthing: a file without bytes');
      return response.body;
    },

    /** What is gone already is no failure. */
    async remove(names: readonly string[]): Promise<void> {
      const answer = await ask('/v6/deleteFiles', { fileKeys: names });
      const { success } = z.object({ success: z.boolean() }).parse(answer);
      if (!success) throw new Error('uploadthing: files were not deleted');
    },
  };
}

/** The vendor's own words help whoever runs this; of an address nothing but what it was for is told. */
async function requireStatus(response: Response, what: string, wanted: number): Promise<void> {
  if (response.status === wanted) return;
  const words = (await response.text()).slice(0, 200);
  throw new Error(`uploadthing: ${what} was answered with ${response.status}: ${words}`);
}
