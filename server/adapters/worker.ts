import path from 'node:path';
import type { Env } from '../env';
import type { Log } from '../log';
import type { Converter } from './convert/port';
import { findLibreOffice } from './convert/libreoffice';
import { type MarkWriter, sandboxedMarkWriter } from './convert/mark-writer';
import { sandboxedConverter } from './convert/sandboxed';
import { localStorage } from './storage/local';
import type { Storage } from './storage/port';

/** What only the worker reaches: people's files, and the processes that read them. The web server never opens either. */
export type WorkerAdapters = { storage: Storage; converter: Converter; markWriter: MarkWriter };

export function createWorkerAdapters(env: Env, log: Log): WorkerAdapters {
  return {
    storage: localStorage(path.join(env.LECTERN_STATE_DIR, 'files')),
    converter: sandboxedConverter(path.join(env.LECTERN_STATE_DIR, 'work'), log, {
      program: findLibreOffice(),
    }),
    markWriter: sandboxedMarkWriter(path.join(env.LECTERN_STATE_DIR, 'work'), log),
  };
}
