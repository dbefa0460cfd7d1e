import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Stack } from '../stack/stack';
import { startBenchStack } from './bench-stack';
import { sumPssMb } from './memory';
import type { AppendCalls } from './room/append-process';
import { admitGuests, type BenchClass, startClass } from './room/bench-class';
import { DiskProbe } from './room/disk';
import { collectGarbage, INSPECTABLE } from './room/garbage';
import { joinLate } from './room/late-join';
import type { LiveCalls } from './room/live-process';
import type { LoadCalls } from './room/load-process';
import { startRemote } from './room/remote';
import { cpuSeconds, peakRssMb } from './room/usage';
import type { YardstickCalls } from './room/yardstick-process';

/**
 * `npm run bench:room -- [--subscribers 500] [--rate 20] [--seconds 20] [--herd] [--append] [--late-join]`: the room's log
 * under load, on the production build with a Postgres that waits for its disk. Guests who came by personal links listen;
 * eight of them send chat and strokes through `rooms.send`, `rate` a second at random times. All of them are in one process
 * of its own, which parses every frame of every subscriber: delivery is from before a command is sent to when its frame is
 * parsed.
 *
 * Beside it, window by window in turn, the yardstick: a bare Node broadcaster in its own process, to which the same process
 * sends the same commands at the same distances and from which as many subscribers hear the same frames.
 *
 * One JSON line on standard output: times in ms, `disk` as what waiting for the disk alone takes, asked during the yardstick's windows
 * (a virtual disk that stalls for 100 ms once a second decides p99; `LECTERN_CACHE_DIR=/dev/shm/…` takes it out of the figures), `bytesPerSubscriber` as what the web process' PSS grows by with all
 * streams open (garbage collected), CPU in seconds over the app's windows (the yardstick's over its own; `cores` is the app's share of one core).
 * - `--herd`: `herdMs`, from the SIGTERM of the web process until all are back at the new one and current.
 * - `--append`: `appendsPerSecond`, what one room takes in without listeners (append-process.ts).
 * - `--late-join`: `serverMs` and `browserMs` of a large room (late-join.ts).
 * - `--live`: streams come from a process of their own; `--profile <folder>`: web leaves a CPU profile there.
 */
const after = (name: string) => process.argv[process.argv.indexOf(`--${name}`, 2) + 1];
const has = (name: string) => process.argv.includes(`--${name}`);
const subscribers = has('subscribers') ? Number(after('subscribers')) : 500;
const rate = has('rate') ? Number(after('rate')) : 20;
const seconds = has('seconds') ? Number(after('seconds')) : 20;
const SENDERS = 8;
const WINDOWS = 4;
/** How long memory is left alone before it is read. */
const SETTLE_MS = 5000;
const APPEND_SECONDS = 10;
/** For processes that run the server's own code. */
const SERVER_CODE = ['--conditions=react-server'];

const stack = await startBenchStack({
  durable: true,
  env: {
    NODE_OPTIONS: has('profile')
      ? `${INSPECTABLE} --cpu-prof --cpu-prof-dir=${after('profile')}`
      : INSPECTABLE,
  },
});
const load = startRemote<LoadCalls>('load-process.ts');
const yardstick = startRemote<YardstickCalls>('yardstick-process.ts');
const disk = new DiskProbe(stack.folder);
const live = has('live')
  ? startRemote<LiveCalls>('live-process.ts', {
      env: { ...stack.env, NODE_OPTIONS: '' },
      execArgv: SERVER_CODE,
    })
  : null;
/** The processes that are the app. */
const appPids = () => [stack.web.pid(), ...(live ? [live.pid] : [])];
try {
  const room = await startClass(stack);
  const cookies = await admitGuests(room, subscribers, 'Guest');
  const bytesPerSubscriber = await open(room, cookies);
  const used = await measure();
  const ours = await load.call('report', { name: 'app' });
  const bare = await load.call('report', { name: 'yardstick' });
  const line = {
    subscribers,
    rate,
    ack: ours.ack,
    delivery: ours.delivery,
    yardstick: bare.delivery,
    disk: disk.report(),
    ratio: ours.delivery.p99 / bare.delivery.p99,
    deliveriesPerSecond: ours.delivered / seconds,
    lost: ours.lost,
    duplicated: ours.duplicated,
    bytesPerSubscriber,
    seconds,
    cpuSeconds: used,
    cores: used.app / seconds,
    peakRssMb: {
      app: appPids().reduce((sum, pid) => sum + peakRssMb(pid), 0),
      yardstick: peakRssMb(yardstick.pid),
      generator: peakRssMb(load.pid),
    },
    ...(has('herd') && { herdMs: await restart(stack) }),
    ...(await measureLog(stack)),
  };
  console.log(
    JSON.stringify(line, (_key, value) =>
      typeof value === 'number' ? Math.round(value * 100) / 100 : value,
    ),
  );
  if (line.lost > 0 || line.duplicated > 0) process.exitCode = 1;
} finally {
  await Promise.all([load.stop(), yardstick.stop(), live?.stop()]);
  await stack.stop();
}

/** Opens both classes after a smaller one has warmed everything up; gives the bytes that a stream of the app takes. */
async function open(room: BenchClass, cookies: string[]): Promise<number> {
  const senders = cookies.slice(0, SENDERS);
  const { url } = await yardstick.call('listen', undefined);
  const streamsUrl = (await live?.call('listen', undefined))?.url ?? stack.appUrl;
  const app = { url: stack.appUrl, streamsUrl, roomId: room.roomId, boardId: room.boardId, senders };
  const bare = { ...app, url, streamsUrl: url };
  const warm = { cookies: cookies.slice(0, 50), after: 0 };
  await load.call('open', { name: 'app', target: app, ...warm });
  await load.call('open', { name: 'yardstick', target: bare, ...warm });
  for (const name of ['app', 'yardstick'] as const) {
    await load.call('send', { name, rate: 50, seconds: 5, seed: 1 });
    await load.call('close', { name });
  }
  const before = await heldMb();
  const { head } = await room.teacher.trpc.rooms.state.query({ roomId: room.roomId });
  await load.call('open', { name: 'app', target: app, cookies, after: head.seq });
  const perSubscriber = (((await heldMb()) - before) * 1024 * 1024) / cookies.length;
  await load.call('open', { name: 'yardstick', target: bare, cookies, after: 0 });
  return Math.round(perSubscriber);
}

/** What the app holds when it has nothing to do and its garbage is collected: MB. */
async function heldMb(): Promise<number> {
  await wait(SETTLE_MS);
  await collectGarbage(path.join(stack.folder, 'web.log'));
  return sumPssMb(appPids());
}

/** Loads yardstick and app in turn, so that whatever else the machine does meets both; gives the CPU seconds of each. */
async function measure() {
  const used = { app: 0, yardstick: 0, generator: 0 };
  for (let window = 0; window < WINDOWS; window++) {
    const wish = { rate, seconds: seconds / WINDOWS, seed: 100 + window };
    const bare = cpuOf([yardstick.pid], () => load.call('send', { name: 'yardstick', ...wish }));
    await disk.beside(rate, bare);
    used.yardstick += await bare;
    const generator = cpuSeconds(load.pid);
    used.app += await cpuOf(appPids(), () => load.call('send', { name: 'app', ...wish }));
    used.generator += cpuSeconds(load.pid) - generator;
  }
  return used;
}

async function cpuOf(pids: readonly number[], act: () => Promise<unknown>): Promise<number> {
  const sum = () => pids.reduce((seconds, pid) => seconds + cpuSeconds(pid), 0);
  const before = sum();
  await act();
  return sum() - before;
}

/** Restarts the web process under everybody; ms from its SIGTERM until all of them are current. */
async function restart(stack: Stack): Promise<number> {
  await load.call('expectHerd', { name: 'app' });
  const started = performance.now();
  await stack.web.restart();
  await load.call('untilHerdIsCurrent', { name: 'app' });
  return performance.now() - started;
}

/** What is asked for beyond delivery: nobody listens any more. */
async function measureLog(stack: Stack) {
  if (!has('append') && !has('late-join')) return {};
  for (const name of ['app', 'yardstick'] as const) await load.call('close', { name });
  const writer = startRemote<AppendCalls>('append-process.ts', {
    env: { ...stack.env, NODE_OPTIONS: '' },
    execArgv: SERVER_CODE,
  });
  try {
    const append = async () => {
      const { roomId, lessonId, boardId } = await startClass(stack);
      return writer.call('append', { roomId, lessonId, boardId, seconds: APPEND_SECONDS });
    };
    return {
      ...(has('append') && { appendsPerSecond: await append() }),
      ...(has('late-join') && (await joinLate(stack, writer))),
    };
  } finally {
    await writer.stop();
  }
}
