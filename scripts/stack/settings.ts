import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './folders';
import type { Livekit } from './livekit';
import type { Parts } from './parts';

/** What server/env.ts reads. */
export type Settings = Record<string, string> & {
  DATABASE_URL: string;
  LECTERN_URL: string;
  LECTERN_FILES_URL: string;
};

export function makeSettings(parts: Parts, databaseUrl: string, livekit: Livekit | undefined): Settings {
  const { options, ports, folder } = parts;
  const given: Partial<NodeJS.ProcessEnv> = options.useEnvironment ? process.env : {};
  const stateDir = given.LECTERN_STATE_DIR ?? path.join(folder.path, 'state');
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const settings = {
    PORT: String(ports.web),
    DATABASE_URL: databaseUrl,
    LECTERN_STATE_DIR: stateDir,
    LECTERN_SECRET: given.LECTERN_SECRET ?? keptSecret(stateDir),
    LECTERN_URL: given.LECTERN_URL ?? `http://localhost:${ports.web}`,
    // Another host than the app's, so that they share neither cookies nor connections.
    LECTERN_FILES_URL: given.LECTERN_FILES_URL ?? `http://127.0.0.1:${ports.files}`,
    ...(livekit && {
      LIVEKIT_URL: livekit.url,
      LIVEKIT_API_KEY: livekit.apiKey,
      LIVEKIT_API_SECRET: livekit.apiSecret,
    }),
    ...options.env,
  };
  return Object.assign(livekit ? {} : livekitOfEnvironment(), settings);
}

function livekitOfEnvironment(): Record<string, string> {
  const names = ['LIVEKIT_URL', 'LIVEKIT_API_KEY', 'LIVEKIT_API_SECRET'];
  const missing = names.filter((name) => !process.env[name]);
  if (missing.length > 0) throw new Error(`LIVEKIT_URL is set, so ${missing.join(' and ')} must be too.`);
  return Object.fromEntries(names.map((name) => [name, process.env[name] ?? '']));
}

/** Made once: sessions and links hold as long as it does. */
function keptSecret(stateDir: string): string {
  const file = path.join(stateDir, 'secret');
  if (!existsSync(file)) writeFileSync(file, randomBytes(48).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}

/** The environment of a process of the stack: this one's, the project's own Node first on the PATH, and the settings. */
export function processEnvironment(
  { options }: Parts,
  settings: Record<string, string>,
  name: string,
): NodeJS.ProcessEnv {
  return {
    ...process.env,
    // What tests and benches store goes with their stack, whatever this machine is set to.
    ...(options.useEnvironment ? {} : { S3_BUCKET: '', UPLOADTHING_TOKEN: '' }),
    PATH: `${path.join(root, 'node_modules', '.bin')}${path.delimiter}${process.env.PATH ?? ''}`,
    NODE_ENV: options.mode === 'dev' ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    LECTERN_PROCESS: name,
    ...settings,
  };
}
