import pino from 'pino';

/** A JSON Web Token, as media servers and libraries quote it in what they complain of. */
const TOKEN = /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g;
/**
 * What a failed query was asked with, in a line of the log: up to the text's end or to its first stack frame. The statement
 * says enough, and parameters are people's data.
 */
const PARAMETERS = /\\nparams: (?:[^"\\]|\\(?!n\s+at ).)*/g;

/** The process' log: one JSON line an event. Credentials never reach it: whole requests and settings are not logged. */
export function createLog(destination?: pino.DestinationStream) {
  return pino(
    {
      level: process.env.LECTERN_LOG_LEVEL ?? 'info',
      base: { process: process.env.LECTERN_PROCESS ?? 'web' },
      redact: ['*.token', '*.password', '*.secret', '*.cookie', '*.authorization', '*.params'],
      // Errors quote what they were given, and so do the errors that caused them: the finished line is what tells.
      hooks: { streamWrite: (line) => line.replace(TOKEN, '[token]').replace(PARAMETERS, '') },
    },
    destination,
  );
}

export const log = createLog();
export type Log = typeof log;
