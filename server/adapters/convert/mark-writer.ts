import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Log } from '../../log';
import type { MarksJob } from './export/marks-job';
import { runNode } from './sandboxed';
import { inWorkFolder } from '../sandbox/work-folder';

const START_TIMEOUT_MS = 60_000;
const PAGE_TIMEOUT_MS = 2_000;

const marksResult = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), appended: z.boolean() }),
  z.object({ ok: z.literal(false), failure: z.enum(['FILE_LOCKED', 'FILE_DAMAGED']) }),
]);

export type WrittenMarks = {
  /** Path of what was written; it is gone afterwards. */
  output: string;
  /** It belongs behind the bytes of the file itself. */
  appended: boolean;
};

/** Writes marks over the pages of people's files, in processes that can do no harm. */
export type MarkWriter = {
  /**
   * @param file  path of the PDF or picture, which is not changed; null for blank paper
   * @returns why there is nothing to take, or null
   */
  write(
    file: string | null,
    job: MarksJob,
    onProgress: (done: number, total: number) => void,
    take: (written: WrittenMarks) => Promise<void>,
    signal: AbortSignal,
  ): Promise<'FILE_LOCKED' | 'FILE_DAMAGED' | null>;
};

/** A writer whose processes work in folders below `workFolder`, which are removed after each run. */
export function sandboxedMarkWriter(workFolder: string, log: Log): MarkWriter {
  return {
    write: (file, job, onProgress, take, signal) =>
      inFolder(workFolder, file, async (folder) => {
        await writeFile(path.join(folder, 'job.json'), JSON.stringify(job));
        const end = await runNode({
          script: 'export/marks-process.ts',
          args: [],
          folder,
          timeoutMs: START_TIMEOUT_MS + job.pages.length * PAGE_TIMEOUT_MS,
          signal,
          onLine: (line) => {
            const [, done, total] = /^page (\d+) of (\d+)$/.exec(line) ?? [];
            if (done && total) onProgress(Number(done), Number(total));
          },
        });
        signal.throwIfAborted();
        const result = await readResult(path.join(folder, 'result.json'));
        if (!result?.ok) log.warn({ ...end, result }, 'marks not written');
        // Whatever brought the writer down is in the file: it is told like any other that cannot be read.
        if (!result) return 'FILE_DAMAGED';
        if (!result.ok) return result.failure;
        await take({ output: path.join(folder, 'output'), appended: result.appended });
        return null;
      }),
  };
}

async function inFolder<T>(
  workFolder: string,
  file: string | null,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  if (file !== null) return inWorkFolder(workFolder, file, work);
  await mkdir(workFolder, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(path.join(workFolder, 'job-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readResult(file: string): Promise<z.infer<typeof marksResult> | null> {
  if (!existsSync(file)) return null;
  const parsed = marksResult.safeParse(JSON.parse(await readFile(file, 'utf8')));
  return parsed.success ? parsed.data : null;
}
