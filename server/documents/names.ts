import { z } from 'zod';
import { cleanName } from '../clean-name';

/** The longest name of a file or folder, in UTF-16 units, as columns and addresses are made for. */
export const MAX_FILE_NAME = 255;

/**
 * A file's name as it is kept: no path, nothing that turns or hides a part of it, no longer than `MAX_FILE_NAME`, its extension kept. A
 * name is only ever a label: bytes lie under ids.
 */
export function cleanFileName(raw: string): string {
  const parts = raw.split(/[/\\]/).map((part) => cleanName(part));
  const last = parts.findLast((part) => part !== '' && part !== '.' && part !== '..') ?? 'Unnamed';
  if (last.length <= MAX_FILE_NAME) return last;
  const { stem, extension } = splitName(last);
  return `${cut(stem, MAX_FILE_NAME - extension.length)}${extension}`;
}

/** A name without its extension, and that with its dot. */
export function splitName(name: string): { stem: string; extension: string } {
  const extension = /(?<=.)\.[\p{L}\p{N}]{1,10}$/u.exec(name)?.[0] ?? '';
  return { stem: name.slice(0, name.length - extension.length), extension };
}

/** The beginning of a text, without half a character at its end. */
function cut(text: string, length: number): string {
  return text
    .slice(0, length)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd();
}

/** A name among others: itself, or the first of `Name (2).pdf`, `Name (3).pdf` … that nobody has. Case does not tell names apart. */
export function distinctName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name.toLowerCase())) return name;
  const { stem, extension } = splitName(name);
  for (let number = 2; ; number += 1) {
    const end = ` (${number})${extension}`;
    const candidate = `${cut(stem, MAX_FILE_NAME - end.length)}${end}`;
    if (!taken.has(candidate.toLowerCase())) return candidate;
  }
}

/** What somebody types as a name of a file or folder. */
export const fileNameInput = z
  .string()
  .max(1000)
  .refine((name) => cleanName(name) !== '')
  .transform(cleanFileName);
