import { createHash, randomUUID } from 'node:crypto';
import type { Actor } from '../../actor';
import type { Stack } from '../../stack/stack';

/** Uploads a file as a browser does, without one: asks for an address, sends the bytes. Gives the document's id. */
export async function uploadFile(
  { appUrl }: Stack,
  { http }: Actor,
  { name, bytes }: { name: string; bytes: Uint8Array },
): Promise<string> {
  const fingerprint = createHash('sha256').update(randomUUID()).digest('hex');
  const announced = await http.post(`${appUrl}/api/uploadthing?actionType=upload&slug=document`, {
    headers: { origin: appUrl, 'x-uploadthing-version': '7.7.4' },
    data: {
      files: [{ name, size: bytes.byteLength, type: 'application/octet-stream', lastModified: 1 }],
      input: { fingerprint, roomId: null },
    },
  });
  const [address] = (await announced.json()) as { url: string }[];
  if (!address) throw new Error(`${name} was not announced: ${announced.status()}`);
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)]), name);
  const response = await fetch(address.url, {
    method: 'PUT',
    headers: { range: 'bytes=0-', origin: appUrl },
    body: form,
  });
  const answer = (await response.json()) as { serverData?: { documentId: string } };
  if (!answer.serverData) throw new Error(`${name} was not taken: ${JSON.stringify(answer)}`);
  return answer.serverData.documentId;
}
