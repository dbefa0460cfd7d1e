import { copyFile, mkdir, open, readFile, statfs, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Log } from '../../log';
import type { ConversionFailure, OfficeFormat } from './port';
import { runSandboxed, type SandboxEnd } from '../sandbox/sandbox';
import type { OfficeSettings, RunNode } from './sandboxed';

/** When a conversion is given up: the largest decks that people have take a tenth of it. */
const TIMEOUT_MS = 240_000;
const LITTLE_ROOM = 16 * 1024 ** 2;
const TEXT_TIMEOUT_MS = 30_000;
const MEMORY_BYTES = 4 * 1024 ** 3;
/** LibreOffice sets up a new profile and asks to be started again. */
const START_AGAIN = 81;

/** Where distributions install the program itself. It is started without the scripts around it, so that there is one process to end. */
const PROGRAMS = [
  '/usr/lib/libreoffice/program/soffice.bin',
  '/usr/lib64/libreoffice/program/soffice.bin',
  '/opt/libreoffice/program/soffice.bin',
];

/** Path of LibreOffice's program; null where it is not installed. */
export function findLibreOffice(): string | null {
  return PROGRAMS.find((program) => existsSync(program)) ?? null;
}

type Task = OfficeSettings & { folder: string; format: OfficeFormat; signal: AbortSignal; log: Log };
type Made = { pdf: string } | { failure: ConversionFailure };

/**
 * Makes a PDF of `input` in a folder: with an empty profile in which no macro runs, no link is followed and nothing is asked for, in a
 * process without environment and network. The file that comes out decides.
 */
export async function makePdf(task: Task, runNode: RunNode): Promise<Made> {
  if (!task.program) return { failure: 'CONVERTER_MISSING' };
  const prepared = await prepareInput(task, runNode);
  if (!prepared) return { failure: 'FILE_DAMAGED' };
  await writeProfile(task.folder);
  await mkdir(path.join(task.folder, 'out'));
  const end = await runOffice(task, task.program, prepared);
  const pdf = path.join(task.folder, 'out', `${path.parse(prepared.file).name}.pdf`);
  if (await isPdf(pdf)) return { pdf };
  task.signal.throwIfAborted();
  await requireRoom(task.folder);
  task.log.info({ ...end, format: task.format }, 'file not converted');
  return { failure: end.timedOut ? 'FILE_TOO_SLOW' : 'FILE_DAMAGED' };
}

type Prepared = { file: string; filter: string; importFilter?: string };

const WRITER = 'writer_pdf_Export';
const CALC = 'calc_pdf_Export';
const IMPRESS = 'impress_pdf_Export';
const FILTERS: Record<OfficeFormat, string> = {
  doc: WRITER,
  docx: WRITER,
  odt: WRITER,
  rtf: WRITER,
  txt: WRITER,
  md: WRITER,
  html: WRITER,
  xls: CALC,
  xlsx: CALC,
  ods: CALC,
  csv: CALC,
  ppt: IMPRESS,
  pptx: IMPRESS,
  odp: IMPRESS,
};

const textResult = z.object({ separator: z.string().length(1) });

/** What LibreOffice is given: text in one encoding, web pages without what could run or be fetched, the rest as it is. */
async function prepareInput(
  { folder, format, signal, log }: Task,
  runNode: RunNode,
): Promise<Prepared | null> {
  const filter = FILTERS[format];
  if (format !== 'txt' && format !== 'md' && format !== 'html' && format !== 'csv') {
    // A copy: the file itself may be the stored one under another name.
    await copyFile(path.join(folder, 'input'), path.join(folder, `document.${format}`));
    return { file: `document.${format}`, filter };
  }
  const end = await runNode({
    script: 'text-process.ts',
    args: [format],
    folder,
    timeoutMs: TEXT_TIMEOUT_MS,
    signal,
  });
  signal.throwIfAborted();
  const result = path.join(folder, 'text.json');
  if (!existsSync(result)) {
    log.info({ ...end, format }, 'text not read');
    return null;
  }
  if (format === 'txt') {
    return { file: 'document.txt', filter, importFilter: 'Text (encoded):UTF8,LF,Liberation Mono,en-US' };
  }
  // Into Writer proper: LibreOffice's own mode for web pages knows no paper.
  if (format !== 'csv') return { file: 'document.html', filter, importFilter: 'HTML (StarWriter)' };
  const { separator } = textResult.parse(JSON.parse(await readFile(result, 'utf8')));
  // Separator, quote, UTF-8, from the first line on, no formats, English, nothing guessed, no formulas.
  const options = [
    separator.charCodeAt(0),
    34,
    76,
    1,
    '',
    1033,
    'false',
    'false',
    'false',
    'false',
    'false',
    -1,
    'false',
  ];
  return { file: 'document.csv', filter, importFilter: `Text - txt - csv (StarCalc):${options.join(',')}` };
}

async function runOffice(
  { folder, signal, launchers, timeoutMs = TIMEOUT_MS }: Task,
  program: string,
  { file, filter, importFilter }: Prepared,
): Promise<SandboxEnd> {
  const deadline = Date.now() + timeoutMs;
  const start = () =>
    runSandboxed({
      folder,
      signal,
      launchers,
      timeoutMs: Math.max(1, deadline - Date.now()),
      memoryBytes: MEMORY_BYTES,
      reads: [path.resolve(program, '../..')],
      command: (inner) => [
        program,
        '--headless',
        '--norestore',
        '--nologo',
        '--nodefault',
        '--nolockcheck',
        '--nofirststartwizard',
        `-env:UserInstallation=file://${encodeURI(inner)}/profile`,
        ...(importFilter ? [`--infilter=${importFilter}`] : []),
        '--convert-to',
        `pdf:${filter}`,
        '--outdir',
        path.join(inner, 'out'),
        path.join(inner, file),
      ],
    });
  const first = await start();
  return first.code === START_AGAIN ? start() : first;
}

/** Settings by their place in LibreOffice's registry. */
const SETTINGS: [place: string, name: string, value: string][] = [
  ['Office.Common/Security/Scripting', 'MacroSecurityLevel', '3'],
  ['Office.Common/Security/Scripting', 'DisableMacrosExecution', 'true'],
  ['Office.Common/Security/Scripting', 'DisableActiveContent', 'true'],
  ['Office.Common/Security/Scripting', 'BlockUntrustedRefererLinks', 'true'],
  ['Office.Common/Misc', 'UseLocking', 'false'],
  ['Office.Writer/Content/Update', 'Link', '2'],
  ['Office.Calc/Content/Update', 'Link', '2'],
  ['Setup/Office', 'ooSetupInstCompleted', 'true'],
];

async function writeProfile(folder: string): Promise<void> {
  const items = SETTINGS.map(
    ([place, name, value]) =>
      `<item oor:path="/org.openoffice.${place}"><prop oor:name="${name}" oor:op="fuse"><value>${value}</value></prop></item>`,
  );
  const user = path.join(folder, 'profile', 'user');
  await mkdir(user, { recursive: true });
  await writeFile(
    path.join(user, 'registrymodifications.xcu'),
    `<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n${items.join('\n')}\n</oor:items>\n`,
  );
}

/** A conversion that failed on a full disk says nothing about the file. */
async function requireRoom(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < LITTLE_ROOM) throw Object.assign(new Error('The disk is full'), { code: 'ENOSPC' });
}

async function isPdf(file: string): Promise<boolean> {
  if (!existsSync(file)) return false;
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(5), 0, 5, 0);
    return buffer.toString('latin1') === '%PDF-';
  } finally {
    await handle.close();
  }
}
