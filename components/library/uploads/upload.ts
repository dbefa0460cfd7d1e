import type { UploadTarget } from './upload-file';

export type UploadFacts = { id: string; name: string; bytes: number; target: UploadTarget };

/** A file on its way, or one that was not taken. */
export type Upload = UploadFacts & UploadState;

export type UploadState =
  /** Others go first. */
  | { state: 'waiting' }
  /** Another tab is sending the same file to the same place. */
  | { state: 'elsewhere' }
  | { state: 'sending'; sent: number }
  /** All is sent; the server looks at it. */
  | { state: 'checking' }
  /** By the person; it goes on when they say so. */
  | { state: 'paused'; sent: number }
  /** The line is broken; it goes on by itself. */
  | { state: 'offline'; sent: number }
  /** After a reload, where the browser did not keep the file: it has to be chosen again. */
  | { state: 'needsFile' }
  | { state: 'done'; documentId: string }
  /** `again`: trying once more may help. */
  | { state: 'refused'; code: string; again: boolean };

/** What trying once more may help against; the rest is wrong with the file itself. */
const PASSING = new Set([
  'BUSY',
  'INTERNAL',
  'NOT_SIGNED_IN',
  'QUOTA_REACHED',
  'TOO_MANY_REQUESTS',
  'LINK_INVALID',
  'STORAGE_FULL',
]);

export const mayHelpAgain = (code: string): boolean => PASSING.has(code);

/** Whether it is being worked on: it goes on without anybody doing anything. */
export function isUnderWay({ state }: Upload): boolean {
  return state !== 'done' && state !== 'refused' && state !== 'paused' && state !== 'needsFile';
}
