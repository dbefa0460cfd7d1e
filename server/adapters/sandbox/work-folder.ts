import { copyFile, link, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** Longer than any run may take: what is older was left by a process that was killed. */
const ABANDONED_MS = 2 * 3600_000;

/** Works in a fresh folder that holds the file as `input`, and is gone afterwards. */
export async function inWorkFolder<T>(
  workFolder: string,
  file: string,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  await mkdir(workFolder, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(path.join(workFolder, 'job-'));
  try {
    const input = path.join(folder, 'input');
    await link(file, input).catch(() => copyFile(file, input));
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes what killed processes have left. @param now  ms since the epoch */
export async function sweepWorkFolder(workFolder: string, now: number): Promise<void> {
  await mkdir(workFolder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(workFolder)) {
    const place = path.join(workFolder, name);
    const left = await stat(place).catch(() => null);
    if (left && now - left.ctimeMs > ABANDONED_MS) await rm(place, { recursive: true, force: true });
  }
}
