import type { LecternFileRouter } from '@/server/router';

/** 500 MB: the server says so too, but what is too large is not worth sending. */
const MAX_FILE_BYTES = 500 * 1024 * 1024;
const SAMPLE_BYTES = 64 * 1024;
/** How often a broken line is tried again without any progress in between. */
const TRIES = 5;
const RETRY_MS = 1_500;

/** A file that was not taken. The code's sentence comes from `useRefusalSentence`. */
export class UploadRefused extends Error {
  constructor(
    readonly code: string,
    options?: ErrorOptions,
  ) {
    super(code, options);
    this.name = 'UploadRefused';
  }
}

/** Where a file goes: into a folder (null: the top), in the place of a document's file, from within a room. */
export type UploadTarget = { folderId: string | null; replaces: string | null; roomId: string | null };

type Options = {
  fingerprint: string;
  target: UploadTarget;
  onProgress: (sent: number) => void;
  signal: AbortSignal;
};

/** Why a file of this size is not taken, which is known before anything is sent; null where it may be. */
export function refusedForSize({ size }: File): string | null {
  if (size === 0) return 'FILE_EMPTY';
  return size > MAX_FILE_BYTES ? 'FILE_TOO_LARGE' : null;
}

/**
 * Sends a file, going on where it was when the line breaks, here or before a reload.
 * @throws UploadRefused; the signal's reason when it was cancelled
 */
export async function uploadFile(
  file: File,
  { fingerprint, target, onProgress, signal }: Options,
): Promise<string> {
  const code = refusedForSize(file);
  if (code) throw new UploadRefused(code);
  const { genUploader } = await import('uploadthing/client');
  const { uploadFiles } = genUploader<LecternFileRouter>({ url: '/api/uploadthing', package: 'lectern' });
  let tries = 0;
  let furthest = 0;
  for (;;) {
    try {
      const [done] = await uploadFiles('document', {
        files: [file],
        input: { fingerprint, ...target },
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
      await requireUnchanged(file);
      tries += 1;
      if (tries > TRIES) throw new UploadRefused('OFFLINE');
      await pause(RETRY_MS * tries, signal);
    }
  }
}

/** A browser gives nothing of a file that was changed or moved since it was chosen, which looks as if the line broke. */
async function requireUnchanged(file: File): Promise<void> {
  try {
    await file.slice(-1).arrayBuffer();
  } catch (error) {
    throw new UploadRefused('FILE_CHANGED', { cause: error });
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

/**
 * Tells the same file for the same place again after a reload: its name, size, time, beginning and end. SHA-256, hex.
 * @throws UploadRefused FILE_CHANGED where it cannot be read
 */
export async function fingerprintOf(
  file: File,
  { folderId, replaces }: Pick<UploadTarget, 'folderId' | 'replaces'>,
): Promise<string> {
  const facts = [file.name, file.size, file.lastModified, folderId, replaces];
  const parts = await readSamples(file);
  const all = new Blob([new TextEncoder().encode(JSON.stringify(facts)), ...parts]);
  const hash = await crypto.subtle.digest('SHA-256', await all.arrayBuffer());
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function readSamples(file: File): Promise<ArrayBuffer[]> {
  try {
    const parts = [file.slice(0, SAMPLE_BYTES), file.slice(-SAMPLE_BYTES)];
    return await Promise.all(parts.map((part) => part.arrayBuffer()));
  } catch (error) {
    throw new UploadRefused('FILE_CHANGED', { cause: error });
  }
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
