import { setTimeout as wait } from 'node:timers/promises';
import type postgres from 'postgres';
import { isDeepStrictEqual } from 'node:util';
import { answers, waitFor } from '../stack/processes';
import type { Stack } from '../stack/stack';
import type { Client } from './client';
import type { Instance } from './instances';
import type { Random } from './random';

/** Every kind of fault, by the name that it is counted under. */
export const FAULTS = [
  'killBeforeCommit',
  'killAfterCommit',
  'databaseRestart',
  'listenerTerminated',
  'streamCut',
  'halfOpen',
  'slowStream',
  'copies',
  'clockOff',
  'sigterm',
] as const;
export type Fault = (typeof FAULTS)[number];

/** What a step may touch. */
export type Scene = {
  stack: Stack;
  sql: postgres.Sql;
  roomId: string;
  instances: readonly [Instance, Instance];
  clients: readonly Client[];
  random: Random;
  /** Counts one that has really happened. */
  happened: (fault: Fault) => void;
  /** Takes what a client needed to be live again after a SIGKILL, ms. */
  recovered: (ms: number) => void;
  /** Takes a finding that is no fault of a client's state. */
  wrong: (sentence: string) => void;
};

const COPIES = 50;
const SLOW_BYTES = 1024;
const CLOCK_OFF_MS = 300_000;

/** What happens at each fault. A step ends when the next one may come: both processes serve again. */
export const STEPS: Readonly<Record<Fault, (scene: Scene) => Promise<void>>> = {
  killBeforeCommit: (scene) => killAtFailpoint(scene, scene.instances[0], 'killBeforeCommit'),
  killAfterCommit: (scene) => killAtFailpoint(scene, scene.instances[1], 'killAfterCommit'),

  async databaseRestart({ stack, sql, happened }) {
    if (!stack.crashDatabase) throw new Error('the database is not this run’s own');
    const listeners = await countListeners(sql);
    await stack.crashDatabase();
    happened('databaseRestart');
    await untilListening(sql, listeners);
  },

  async listenerTerminated({ sql, happened }) {
    let listeners = 0;
    await waitFor('a process that listens', async () => {
      const asked = await sql<{ ended: boolean }[]>`
        select pg_terminate_backend(pid) as ended from pg_stat_activity
        where datname = current_database() and query ilike 'listen %'`;
      listeners = asked.filter(({ ended }) => ended).length;
      return listeners > 0;
    });
    for (let one = 0; one < listeners; one += 1) happened('listenerTerminated');
    await untilListening(sql, listeners);
  },

  async streamCut({ clients, random, happened }) {
    const { wires } = random.pick(clients.filter(({ impaired }) => !impaired));
    // Which line its stream is on may change until then: the first frame on either.
    const cut = Promise.race(wires.map((wire) => wire.cutNextFrame()));
    await probeUntil(cut, random.pick(clients), 'stream');
    happened('streamCut');
  },

  async halfOpen({ clients, random, happened }) {
    const client = random.pick(clients.filter(({ impaired }) => !impaired));
    client.impaired = true;
    // Where it is between two streams just now, there is nothing that could fall silent.
    await waitFor('a stream', () => {
      const held = client.wires.reduce((streams, wire) => streams + wire.hold(), 0);
      for (let one = 0; one < held; one += 1) happened('halfOpen');
      return Promise.resolve(held > 0);
    });
  },

  async slowStream({ clients, random, happened }) {
    const client = random.pick(clients.filter(({ impaired }) => !impaired));
    client.impaired = true;
    await Promise.race(client.wires.map((wire) => wire.slowDown(SLOW_BYTES)));
    happened('slowStream');
  },

  async copies(scene) {
    const { clients, random, happened, wrong } = scene;
    const client = random.pick(clients);
    const command = {
      id: random.uuid(),
      type: 'chat.send' as const,
      payload: { text: `fifty times ${random.uuid()}`, to: null },
    };
    const transport = client.lane.transport(scene.roomId, 'singly');
    const answered = await Promise.all(
      Array.from({ length: COPIES }, () => persist(() => transport.send([command]))),
    );
    const results = answered.flat();
    const [first] = results;
    if (!first?.ok || results.some((result) => !isDeepStrictEqual(result, first)))
      wrong(`${COPIES} copies of one command were not answered alike`);
    if (first) client.sent.push({ by: client.me, body: command, result: first });
    happened('copies');
  },

  async clockOff({ instances, random, happened, wrong }) {
    const instance = random.pick(instances);
    for (const other of instances) other.clockMs = 0;
    instance.clockMs = random.chance(0.5) ? CLOCK_OFF_MS : -CLOCK_OFF_MS;
    await restart(instance, wrong);
    if (Math.abs((await instance.clockOffMs()) - instance.clockMs) < CLOCK_OFF_MS / 5) happened('clockOff');
  },

  async sigterm({ instances, random, happened, wrong }) {
    for (const instance of random.shuffle(instances)) {
      await restart(instance, wrong);
      happened('sigterm');
    }
  },
};

/** As many processes as before hear the others again, by themselves: else what those commit comes only by polling. */
async function untilListening(sql: postgres.Sql, before: number): Promise<void> {
  await waitFor('as many processes listen as before', async () => (await countListeners(sql)) >= before);
}

async function countListeners(sql: postgres.Sql): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from pg_stat_activity
    where datname = current_database() and query ilike 'listen %'`;
  return row?.count ?? 0;
}

/** Lets a process kill itself in the middle of an append, times how soon its clients are back, and starts it again. */
async function killAtFailpoint(scene: Scene, instance: Instance, fault: Fault): Promise<void> {
  const { clients, random, happened, roomId, sql } = scene;
  instance.arm();
  const probes = probeUntil(instance.ended, random.pick(clients), instance.failpoint);
  const how = await instance.ended;
  const began = performance.now();
  const place = scene.instances.indexOf(instance);
  const cutOff = clients
    .filter((client) => client.instance === place && !client.impaired)
    .map((client) => ({ client, dead: client.lane.stream }));
  if (how !== 'SIGKILL') throw new Error(`the process ended otherwise: ${how}`);
  happened(fault);
  await probes;
  const [room] = await sql<{ seq: number }[]>`select head_seq::int as seq from rooms where id = ${roomId}`;
  const back = cutOff.map(async ({ client, dead }) => {
    await client.untilLive(
      room?.seq,
      () => client.lane.stream !== dead && client.lane.stream?.hello === true,
    );
    scene.recovered(performance.now() - began);
  });
  await Promise.all([instance.start(), ...back]);
}

/** Where nobody happens to do what is waited for, somebody does on purpose: commands take turns at the processes. */
async function probeUntil(done: Promise<unknown>, client: Client, what: string): Promise<void> {
  for (let probe = 1; ; probe += 1) {
    if ((await Promise.race([wait(250, 'not yet'), done])) !== 'not yet') return;
    void client.send({
      type: 'chat.send',
      payload: { text: `Are you there? ${client.me} ${what} ${probe}`, to: null },
    });
  }
}

async function restart(instance: Instance, wrong: Scene['wrong']): Promise<void> {
  try {
    await instance.terminate();
  } catch (error) {
    wrong(error instanceof Error ? error.message : String(error));
  }
  await instance.start();
  await waitFor('a process', () => answers(`http://127.0.0.1:${instance.port}/api/health?ready`));
}

/** As the room log does: the same again until there is an answer. */
async function persist<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      if (tries >= 40) throw error;
      await wait(250);
    }
  }
}
