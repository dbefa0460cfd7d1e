import pino from 'pino';

/** The process' log: one JSON line an event. Credentials never reach it: whole requests and settings are not logged. */
export const log = pino({
  level: process.env.LECTERN_LOG_LEVEL ?? 'info',
  base: { process: process.env.LECTERN_PROCESS ?? 'web' },
  redact: ['*.token', '*.password', '*.secret', '*.cookie', '*.authorization'],
});
export type Log = typeof log;
