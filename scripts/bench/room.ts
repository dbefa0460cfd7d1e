import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { buildIfNeeded } from '../build';
import { type Stack, startStack } from '../stack/stack';
import { sumPssMb } from './memory';
import { admitGuests, type BenchClass, startClass } from './room/bench-class';
import type { LoadCalls } from './room/load-process';
import { type Remote, startRemote } from './room/remote';
import { cpuSeconds, peakRssMb } from './room/usage';
import type { YardstickCalls } from './room/yardstick-process';

/**
 * `npm run bench:room -- [--subscribers 500] [--rate 20] [--seconds 20] [--herd]`: the room's log under load, on the
 * production build with a Postgres that waits for its disk. Guests who came by personal links listen; eight of them send
 * chat and strokes through `rooms.send`, `rate` a second at random times. Everybody is in one process of its own, which
 * parses every frame of every subscriber: delivery is from before the command is sent to when its frame is parsed.
 *
 * Beside it, window by window in turn, the yardstick: a bare Node broadcaster in its own process, to which the same process
 * sends the same commands at the same distances and from which as many subscribers hear the same frames.
 *
 * One JSON line on standard output: times in ms, memory of a subscriber in bytes (PSS of the web process, 500 open streams
 * against none), CPU in seconds over the app's windows (the yardstick's over its own).
 */
const option = (name: string, otherwise: number) =>
  Number(process.argv[process.argv.indexOf(`--${name}`) + 1]) || otherwise;
const subscribers = option('subscribers', 500);
const rate = option('rate', 20);
const seconds = option('seconds', 20);
const SENDERS = 8;
const WINDOWS = 4;
/** How long memory is left alone before it is read. */
const SETTLE_MS = 5000;

if (!(await buildIfNeeded())) process.exit(1);
const profile = process.argv.includes('--profile')
  ? process.argv[process.argv.indexOf('--profile') + 1]
  : null;
const stack = await startStack({
  name: `bench-${randomBytes(4).toString('hex')}`,
  mode: 'production',
  keep: false,
  durable: true,
  useEnvironment: false,
  env: profile ? { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profile}` } : {},
});
const load = startRemote<LoadCalls>('load-process.ts');
const yardstick = startRemote<YardstickCalls>('yardstick-process.ts');
try {
  const room = await startClass(stack);
  const cookies = await admitGuests(room, subscribers, 'Guest');
  const bytesPerSubscriber = await open(stack, room, cookies);
  const used = await measure(stack);
  const ours = await load.call('report', { name: 'app' });
  const bare = await load.call('report', { name: 'yardstick' });
  const line = {
    subscribers,
    rate,
    ack: ours.ack,
    delivery: ours.delivery,
    yardstick: bare.delivery,
    ratio: ours.delivery.p99 / bare.delivery.p99,
    deliveriesPerSecond: ours.delivered / seconds,
    lost: ours.lost,
    duplicated: ours.duplicated,
    bytesPerSubscriber,
    seconds,
    cpuSeconds: used,
    peakRssMb: {
      app: peakRssMb(stack.web.pid()),
      yardstick: peakRssMb(yardstick.pid),
      generator: peakRssMb(load.pid),
    },
    ...(process.argv.includes('--herd') && { herdMs: await restart(stack) }),
  };
  console.log(JSON.stringify(line, round));
} finally {
  await Promise.all([load.stop(), yardstick.stop()]);
  await stack.stop();
}

function round(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 100) / 100 : value;
}

/** Opens both classes after a smaller one has warmed everything up; gives the bytes that a stream of the app takes. */
async function open(stack: Stack, room: BenchClass, cookies: string[]): Promise<number> {
  const senders = cookies.slice(0, SENDERS);
  const { url } = await yardstick.call('listen', undefined);
  const app = { url: stack.appUrl, roomId: room.roomId, boardId: room.boardId, senders };
  const bare = { ...app, url };
  const warm = { cookies: cookies.slice(0, 50), after: 0 };
  await load.call('open', { name: 'app', target: app, ...warm });
  await load.call('open', { name: 'yardstick', target: bare, ...warm });
  for (const name of ['app', 'yardstick'] as const) {
    await load.call('send', { name, rate: 50, seconds: 5, seed: 1 });
    await load.call('close', { name });
  }
  await wait(SETTLE_MS);
  const before = sumPssMb([stack.web.pid()]);
  const { head } = await room.teacher.trpc.rooms.state.query({ roomId: room.roomId });
  await load.call('open', { name: 'app', target: app, cookies, after: head.seq });
  await wait(SETTLE_MS);
  const perSubscriber = ((sumPssMb([stack.web.pid()]) - before) * 1024 * 1024) / cookies.length;
  await load.call('open', { name: 'yardstick', target: bare, cookies, after: 0 });
  return Math.round(perSubscriber);
}

/** Loads yardstick and app in turn, so that whatever else the machine does meets both; gives the CPU seconds of each. */
async function measure(stack: Stack) {
  const used = { app: 0, yardstick: 0, generator: 0 };
  for (let window = 0; window < WINDOWS; window++) {
    const wish = { rate, seconds: seconds / WINDOWS, seed: 100 + window };
    used.yardstick += await cpuOf(yardstick, () => load.call('send', { name: 'yardstick', ...wish }));
    const generator = cpuSeconds(load.pid);
    used.app += await cpuOf({ pid: stack.web.pid() }, () => load.call('send', { name: 'app', ...wish }));
    used.generator += cpuSeconds(load.pid) - generator;
  }
  return used;
}

async function cpuOf({ pid }: Pick<Remote<never>, 'pid'>, act: () => Promise<unknown>): Promise<number> {
  const before = cpuSeconds(pid);
  await act();
  return cpuSeconds(pid) - before;
}

/** Restarts the web process under everybody; ms from its SIGTERM until all of them are current. */
async function restart(stack: Stack): Promise<number> {
  await load.call('expectHerd', { name: 'app' });
  const started = performance.now();
  await stack.web.restart();
  await load.call('untilHerdIsCurrent', { name: 'app' });
  return performance.now() - started;
}
