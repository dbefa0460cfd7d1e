import { existsSync, realpathSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Log } from '../../log';
import { type Launchers, runSandboxed, type SandboxEnd } from '../sandbox/sandbox';
import { demuxerOf } from './demuxers';
import type { MediaFile } from './port';

/** What a process may reserve: decoders of 8K pictures take 2 GB. */
const MEMORY_BYTES = 6 * 1024 ** 3;

export type FfmpegSettings = {
  /** The folder with ffmpeg and ffprobe; null where they are not installed. */
  folder: string | null;
  /** What the machine is taken to have; found out where it is not told. */
  launchers?: Launchers;
};

export type Task = {
  settings: FfmpegSettings & { folder: string };
  log: Log;
  /** Where it works; the file is `input` in it. */
  folder: string;
  file: MediaFile;
};

/** The folder on the PATH that has both programs. */
export function findFfmpeg(): string | null {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return (
    folders.find((folder) => ['ffmpeg', 'ffprobe'].every((name) => existsSync(path.join(folder, name)))) ??
    null
  );
}

type Run = {
  program: 'ffmpeg' | 'ffprobe';
  /** Before the file: how it is read. */
  reading?: readonly string[];
  /** After the file: what is made of it. Files are named as they lie in its folder. */
  making?: readonly string[];
  timeoutMs: number;
  onLine?: (line: string) => void;
  signal?: AbortSignal;
};

/** Runs one of the programs on the file, shut in: with the one demuxer, and with files as the only thing that it can open. */
export function runFfmpeg(
  { settings, folder, file }: Task,
  { program, reading = [], making = [], timeoutMs, onLine, signal }: Run,
): Promise<SandboxEnd> {
  const demuxer = demuxerOf(file.mimeType);
  if (!demuxer) throw new Error(`Nothing reads ${file.mimeType}`);
  const place = realpathSync(path.join(settings.folder, program));
  return runSandboxed({
    folder,
    timeoutMs,
    cpuSeconds: Math.ceil((timeoutMs / 1000) * availableParallelism()) + 5,
    memoryBytes: MEMORY_BYTES,
    reads: [place],
    launchers: settings.launchers,
    onLine,
    signal,
    command: () => [
      place,
      '-hide_banner',
      ...['-loglevel', 'error'],
      ...(program === 'ffmpeg' ? ['-nostdin', '-y'] : []),
      ...reading,
      ...['-protocol_whitelist', 'file', '-f', demuxer],
      ...['-i', 'input'],
      ...making,
    ],
  });
}
