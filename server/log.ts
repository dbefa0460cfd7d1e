import pino from 'pino';

/** A JSON Web Token, as media servers and libraries quote it in what they complain of. */
const TOKEN = /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g;
/** What a failed query was asked with. The statement says enough, and parameters are people's data. */
const PARAMETERS = /\nparams: [\s\S]*?(?=\n\s+at |$)/g;

/** The process' log: one JSON line an event. Credentials never reach it: whole requests and settings are not logged. */
export function createLog(destination?: pino.DestinationStream) {
  return pino(
    {
      level: process.env.LECTERN_LOG_LEVEL ?? 'info',
      base: { process: process.env.LECTERN_PROCESS ?? 'web' },
      redact: ['*.token', '*.password', '*.secret', '*.cookie', '*.authorization'],
      serializers: { err: describeError },
    },
    destination,
  );
}

export const log = createLog();
export type Log = typeof log;

/** An error as it may be logged: errors quote what they were given, and so do the errors that caused them. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { params: _, ...described } = pino.stdSerializers.err(error) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(described).map(([name, value]) => [name, withoutSecrets(value)]));
}

function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(TOKEN, '[token]').replace(PARAMETERS, '');
  return value instanceof Error ? describeError(value) : value;
}
