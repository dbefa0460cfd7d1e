import type { LecternFileRouter } from '@/server/router';

/** 500 MB: the server says so too, but what is too large is not worth sending. */
export const MAX_FILE_BYTES = 500 * 1024 * 1024;
const SAMPLE_BYTES = 64 * 1024;
/** How often a broken line is tried again without any progress in between. */
const TRIES = 5;
const RETRY_MS = 1_500;

/** A file that was not taken. The code's sentence comes from `useRefusalSentence`. */
export class UploadRefused extends Error {
  constructor(readonly code: string) {
    super(code);
    this.name = 'UploadRefused';
  }
}

type Options = { roomId: string; onProgress: (sent: number) => void; signal: AbortSignal };

/**
 * Sends a file, going on where it was when the line breaks, here or before a reload.
 * @throws UploadRefused; the signal's reason when it was cancelled
 */
export async function uploadFile(file: File, { roomId, onProgress, signal }: Options): Promise<string> {
  if (file.size === 0) throw new UploadRefused('FILE_EMPTY');
  if (file.size > MAX_FILE_BYTES) throw new UploadRefused('FILE_TOO_LARGE');
  const [{ genUploader }, fingerprint] = await Promise.all([
    import('uploadthing/client'),
    fingerprintOf(file),
  ]);
  const { uploadFiles } = genUploader<LecternFileRouter>({ url: '/api/uploadthing', package: 'lectern' });
  let tries = 0;
  let furthest = 0;
  for (;;) {
    try {
      const [done] = await uploadFiles('document', {
        files: [file],
        input: { fingerprint, roomId },
        signal,
        onUploadProgress: ({ loaded }) => {
          // What has got further than ever before starts the count of tries anew.
          if (loaded > furthest) [furthest, tries] = [loaded, 0];
          onProgress(Math.min(loaded, file.size));
        },
      });
      if (!done?.serverData) throw new UploadRefused('INTERNAL');
      return done.serverData.documentId;
    } catch (error) {
      signal.throwIfAborted();
      const code = codeOf(error);
      if (code !== 'OFFLINE' && code !== 'BUSY') throw new UploadRefused(code);
      tries += 1;
      if (tries > TRIES) throw new UploadRefused('OFFLINE');
      await pause(RETRY_MS * tries, signal);
    }
  }
}

/**
 * What went wrong, in the product's codes. The vendor's client hands on our code as a message when an upload was not begun, and in
 * the answer's body when it was; neither means that the line broke.
 */
function codeOf(error: unknown): string {
  if (error instanceof UploadRefused) return error.code;
  const { data, message } = error as { data?: { error?: unknown }; message?: unknown };
  if (typeof data?.error === 'string') return data.error === 'INCOMPLETE' ? 'OFFLINE' : data.error;
  return typeof message === 'string' && /^[A-Z]+(_[A-Z]+)+$/.test(message) && !message.startsWith('UPLOAD_')
    ? message
    : 'OFFLINE';
}

/** Tells the same file again after a reload: its name, size, time, beginning and end. SHA-256, hex. */
async function fingerprintOf(file: File): Promise<string> {
  const head = await file.slice(0, SAMPLE_BYTES).arrayBuffer();
  const tail = await file.slice(-SAMPLE_BYTES).arrayBuffer();
  const facts = new TextEncoder().encode(JSON.stringify([file.name, file.size, file.lastModified]));
  const hash = await crypto.subtle.digest('SHA-256', await new Blob([facts, head, tail]).arrayBuffer());
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
