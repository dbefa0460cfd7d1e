import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { answers, logTail, type RunningProcess, startProcess, waitFor } from './processes';

export type LivekitOptions = {
  binary: string;
  folder: string;
  ports: { signal: number; tcp: number; udp: number };
  webhookUrl: string;
  record: (pid: number) => void;
  onLine?: ((line: string) => void) | undefined;
};

export type Livekit = {
  url: string;
  apiKey: string;
  apiSecret: string;
  ended(): Promise<string>;
  /** As if it had crashed. */
  kill(): Promise<void>;
  /** On the same ports, with the same keys; ends it first where it still runs. */
  restart(): Promise<void>;
  stop(): Promise<void>;
  /** Whether it was stopped for good. */
  isStopped(): boolean;
};

/** A LiveKit server on the loopback alone (DESIGN §4). */
export async function startLivekit(options: LivekitOptions): Promise<Livekit> {
  const apiKey = `lectern_${randomBytes(6).toString('hex')}`;
  const apiSecret = randomBytes(32).toString('base64url');
  const configFile = path.join(options.folder, 'livekit.yaml');
  // JSON is YAML. Keys that LiveKit does not know are fatal.
  writeFileSync(configFile, JSON.stringify(configuration(options, apiKey, apiSecret), null, 2), {
    mode: 0o600,
  });
  const start = () => startServer(options, configFile);
  let server = await start();
  let stopped = false;
  return {
    url: `ws://127.0.0.1:${options.ports.signal}`,
    apiKey,
    apiSecret,
    ended: () => server.ended,
    kill: () => server.kill(),
    restart: async () => {
      await server.kill();
      server = await start();
    },
    // It waits for its participants to leave on SIGTERM: they are not worth more than a moment.
    stop: async () => {
      stopped = true;
      await server.stop(2_000);
    },
    isStopped: () => stopped,
  };
}

async function startServer(options: LivekitOptions, configFile: string): Promise<RunningProcess> {
  const logFile = path.join(options.folder, 'livekit.log');
  const server = startProcess({
    name: 'livekit',
    command: options.binary,
    args: ['--config', configFile],
    cwd: options.folder,
    env: { NODE_ENV: 'production', PATH: process.env.PATH, HOME: options.folder, TZ: 'UTC' },
    logFile,
    onLine: options.onLine,
  });
  options.record(server.pid);
  const address = `http://127.0.0.1:${options.ports.signal}`;
  try {
    await waitFor('LiveKit', () => answers(address), { timeoutMs: 60_000, process: server });
  } catch (error) {
    await server.kill();
    throw new Error(`LiveKit does not start.\n${logTail(logFile)}`, { cause: error });
  }
  return server;
}

function configuration({ ports, webhookUrl }: LivekitOptions, apiKey: string, apiSecret: string) {
  return {
    port: ports.signal,
    bind_addresses: ['127.0.0.1'],
    rtc: {
      tcp_port: ports.tcp,
      udp_port: ports.udp,
      use_external_ip: false,
      node_ip: '127.0.0.1',
      enable_loopback_candidate: true,
      interfaces: { includes: [process.platform === 'darwin' ? 'lo0' : 'lo'] },
    },
    keys: { [apiKey]: apiSecret },
    webhook: { urls: [webhookUrl], api_key: apiKey },
    room: { auto_create: true, empty_timeout: 300, departure_timeout: 20 },
    logging: { level: 'info', json: true },
  };
}
