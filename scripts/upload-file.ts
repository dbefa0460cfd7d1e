import { createHash } from 'node:crypto';
import type { Actor } from './actor';

/**
 * Puts a file into somebody's library over HTTP, as uploadthing's client does; gives the document's id. It may still have to be
 * converted then.
 */
export async function uploadFile(
  appUrl: string,
  actor: Actor,
  { name, bytes, mimeType = 'application/pdf' }: { name: string; bytes: Buffer; mimeType?: string },
): Promise<string> {
  const fingerprint = createHash('sha256').update(crypto.randomUUID()).digest('hex');
  // The ingest takes it from who announced it alone.
  const traceparent = `00-${crypto.randomUUID().replaceAll('-', '')}-0000000000000001-01`;
  const announced = await actor.http.post('/api/uploadthing?actionType=upload&slug=document', {
    headers: { 'x-uploadthing-version': '7.7.4', traceparent },
    data: {
      files: [{ name, size: bytes.length, type: mimeType, lastModified: 1 }],
      input: { fingerprint, roomId: null },
    },
  });
  const [address] = (await announced.json()) as { url: string }[];
  if (!address) throw new Error(`${name} was not taken: ${announced.status()} ${await announced.text()}`);
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)]), name);
  const sent = await fetch(address.url, {
    method: 'PUT',
    headers: { range: 'bytes=0-', origin: appUrl, traceparent },
    body: form,
  });
  const answer = (await sent.json()) as { error?: string; serverData?: { documentId: string } };
  if (!answer.serverData) throw new Error(`${name} was not taken: ${sent.status} ${answer.error}`);
  return answer.serverData.documentId;
}
