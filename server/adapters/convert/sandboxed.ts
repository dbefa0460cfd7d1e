import { existsSync } from 'node:fs';
import { link, mkdir, mkdtemp, readFile, rm, copyFile } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../../log';
import { type Converter, type InspectionResult, inspectionResult } from './port';
import { runSandboxed } from './sandbox';

const INSPECTION_TIMEOUT_MS = 60_000;
/** How long the first picture may keep the uploader waiting once the sizes are known. */
const PICTURE_GRACE_MS = 3_000;
const PAGE_TIMEOUT_MS = 20_000;

/** A converter whose processes work in folders below `workFolder`, which are removed after each run. */
export function sandboxedConverter(workFolder: string, log: Log): Converter {
  async function inFolder<T>(file: string, work: (folder: string) => Promise<T>): Promise<T> {
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

  return {
    inspect: (file, type, onPicture) =>
      inFolder(file, async (folder) => {
        const patience = new AbortController();
        let timer: NodeJS.Timeout | undefined;
        const end = await runSandboxed({
          script: type === 'application/pdf' ? 'pdf-process.ts' : 'image-process.ts',
          args: ['inspect'],
          folder,
          timeoutMs: INSPECTION_TIMEOUT_MS,
          signal: patience.signal,
          onLine: () => {
            timer ??= setTimeout(() => patience.abort(), PICTURE_GRACE_MS);
          },
        });
        clearTimeout(timer);
        const result = await readResult(path.join(folder, 'inspection.json'));
        if (!result?.ok || end.timedOut) log.info({ ...end, result }, 'file not taken');
        // Whatever brought the reader down is in the file: nobody's browser should open it.
        if (!result) return { ok: false, failure: 'FILE_DAMAGED' };
        const picture = path.join(folder, 'page-1.webp');
        if (result.ok && existsSync(picture)) await onPicture(picture);
        return result;
      }),

    renderPages: (file, { first, last }, onPicture, signal) =>
      inFolder(file, async (folder) => {
        const handed: Promise<Error | null>[] = [];
        const end = await runSandboxed({
          script: 'pdf-process.ts',
          args: ['render', String(first), String(last)],
          folder,
          timeoutMs: (last - first + 1) * PAGE_TIMEOUT_MS,
          signal,
          onLine: (line) => {
            const page = Number(/^page (\d+)$/.exec(line)?.[1]);
            if (!(page >= first && page <= last)) return;
            const picture = path.join(folder, `page-${page}.webp`);
            handed.push(onPicture(page, picture).then(() => null, toError));
          },
        });
        const failed = (await Promise.all(handed)).find((outcome) => outcome !== null);
        if (failed) throw failed;
        if (end.code !== 0 || end.stderr) log.warn({ ...end, first, last }, 'pages without a picture');
      }),
  };
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

async function readResult(file: string): Promise<InspectionResult | null> {
  if (!existsSync(file)) return null;
  const parsed = inspectionResult.safeParse(JSON.parse(await readFile(file, 'utf8')));
  return parsed.success ? parsed.data : null;
}
