import { existsSync, realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../../log';
import { makePdf } from './libreoffice';
import {
  type Converter,
  type InspectionResult,
  inspectionResult,
  MAX_PAGES,
  type PageOutput,
  type TakePage,
} from './port';
import { type Launchers, runSandboxed, type SandboxEnd, type SandboxRun } from '../sandbox/sandbox';
import { inWorkFolder } from '../sandbox/work-folder';

const INSPECTION_TIMEOUT_MS = 60_000;
/** How long the first picture may be waited for once the sizes are known. */
const PICTURE_GRACE_MS = 3_000;
const PAGE_TIMEOUT_MS = 20_000;
const MEMORY_MB = 768;
const root = path.resolve(import.meta.dirname, '../../..');

/** A converter whose processes work in folders below `workFolder`, which are removed after each run. */
export function sandboxedConverter(
  workFolder: string,
  log: Log,
  { memoryMb, ...office }: OfficeSettings,
): Converter {
  return {
    inspect: (file, type, onPage) =>
      inWorkFolder(workFolder, file, async (folder) => {
        const patience = new AbortController();
        let timer: NodeJS.Timeout | undefined;
        const end = await runNode({
          script: type === 'application/pdf' ? 'pdf-process.ts' : 'image-process.ts',
          args: [type === 'image/svg+xml' ? 'svg' : 'inspect'],
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
        const output = result.ok ? await readPage(folder, 1) : null;
        if (output?.drawn) await onPage(output);
        return result;
      }),

    renderPages: (file, { first, last }, onPage, signal) =>
      inWorkFolder(workFolder, file, async (folder) => {
        const missing = new Set(Array.from({ length: last - first + 1 }, (_, index) => first + index));
        const run = async (mode: 'render' | 'text', first: number, last: number) => {
          const handed: Promise<Error | null>[] = [];
          const end = await runNode({
            script: 'pdf-process.ts',
            args: [mode, String(first), String(last)],
            folder,
            timeoutMs: (last - first + 1) * PAGE_TIMEOUT_MS,
            memoryMb,
            signal,
            onLine: (line) => {
              const page = Number(/^page (\d+)$/.exec(line)?.[1]);
              if (missing.delete(page)) handed.push(handOver(folder, page, onPage));
            },
          });
          const failed = (await Promise.all(handed)).find((outcome) => outcome !== null);
          if (failed) throw failed;
          if (end.code !== 0 || end.stderr) log.warn({ ...end, first, last }, 'pages without a picture');
        };
        await run('render', first, last);
        // A page that brought its process down has taken those after it along: their words are found all the same.
        const [next] = missing;
        if (next !== undefined && !signal.aborted) await run('text', next, last);
      }),

    toPdf: (file, format, onPdf, signal) =>
      inWorkFolder(workFolder, file, async (folder) => {
        const made = await makePdf({ folder, format, signal, log, ...office }, runNode);
        if ('failure' in made) return made.failure;
        await onPdf(made.pdf);
        return null;
      }),
  };
}

export type OfficeSettings = {
  /** Path of LibreOffice's program; null where it is not installed. */
  program: string | null;
  /** What the machine is taken to have; found out where it is not told. */
  launchers?: Launchers;
  /** When a conversion is given up. */
  timeoutMs?: number;
  /** What the reader of a PDF's pages may take beside their pixels. */
  memoryMb?: number;
};

export type NodeRun = Omit<SandboxRun, 'command' | 'reads'> & {
  /** A file of this folder that Node can run as it is. */
  script: string;
  args: readonly string[];
  /** What its own values may take. */
  memoryMb?: number;
};
export type RunNode = (run: NodeRun) => Promise<SandboxEnd>;

/** Runs one of our own scripts, which reads nothing but the code and its folder, even where the machine has no sandbox. */
export function runNode({ script, args, memoryMb = MEMORY_MB, ...run }: NodeRun): Promise<SandboxEnd> {
  const code = ['node_modules', 'server/adapters/convert', 'package.json'].map((name) =>
    realpathSync(path.join(root, name)),
  );
  const program = realpathSync(process.execPath);
  return runSandboxed({
    ...run,
    env: { MAX_PAGES: String(MAX_PAGES), ...run.env },
    reads: [...code, program],
    command: (folder) => [
      program,
      `--max-old-space-size=${memoryMb}`,
      '--no-warnings',
      '--permission',
      '--allow-addons',
      ...[...code, folder].map((name) => `--allow-fs-read=${name}`),
      `--allow-fs-write=${folder}`,
      path.join(realpathSync(import.meta.dirname), script),
      ...args,
    ],
  });
}

/** What the process left of a page; null when it did not get so far. */
async function readPage(folder: string, page: number): Promise<PageOutput | null> {
  const place = (name: string) => path.join(folder, name);
  const text = place(`text-${page}.txt`);
  const drawn = { picture: place(`page-${page}.webp`), thumbnail: place(`thumbnail-${page}.webp`) };
  if (!existsSync(text)) return null;
  return {
    page,
    drawn: existsSync(drawn.picture) && existsSync(drawn.thumbnail) ? drawn : null,
    text: await readFile(text, 'utf8'),
  };
}

async function handOver(folder: string, page: number, onPage: TakePage): Promise<Error | null> {
  try {
    const output = await readPage(folder, page);
    if (output) await onPage(output);
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

async function readResult(file: string): Promise<InspectionResult | null> {
  if (!existsSync(file)) return null;
  const parsed = inspectionResult.safeParse(JSON.parse(await readFile(file, 'utf8')));
  return parsed.success ? parsed.data : null;
}
