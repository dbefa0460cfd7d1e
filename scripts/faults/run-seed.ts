import { setTimeout as wait } from 'node:timers/promises';
import { connectDatabase, type Db } from '@/db/client';
import { roomCommands } from '@/db/schema';
import type { CommandResult } from '@/room/commands';
import { selectEvents, selectHead } from '@/server/rooms/queries/log';
import { eq } from 'drizzle-orm';
import type { Stack } from '../stack/stack';
import type { Room, School } from './classroom';
import { Client } from './client';
import type { Instance } from './instances';
import { type Evidence, judge, type Verdict } from './oracle';
import { Random } from './random';
import { type Fault, FAULTS, type Scene, STEPS } from './steps';
import { Wire } from './wire';

export type SeedResult = Verdict & {
  operations: number;
  /** What clients needed to be live again after a SIGKILL, ms. */
  recoveries: number[];
  faults: Record<Fault, number>;
};

export type Run = {
  stack: Stack;
  school: School;
  instances: readonly [Instance, Instance];
  seed: number;
  /** For each client. */
  operations: number;
  /** Hears what happens. */
  say: (sentence: string) => void;
};

/** What goes on beside the later faults comes early. */
const LASTING: readonly Fault[] = ['halfOpen', 'slowStream'];
const EARLY = 3;
/** A browser whose clock is off, by ms. */
const CLIENT_CLOCK_MS = -300_000;
/** How long everybody may take at the end to be answered, live and in step. */
const SETTLE_MS = 60_000;
/** How long one fault and what everybody does around it may take. */
const STEP_MS = 180_000;

const NOTHING: Verdict = { acknowledged: 0, lost: 0, duplicated: 0, gaps: 0, diverged: 0, findings: [] };

/**
 * One class under every fault: everybody acts while things break; then what they were told and what they see is judged.
 * A client that never comes into step again is a finding as well, and ends the seed.
 */
export async function runSeed(run: Run): Promise<SeedResult> {
  const random = new Random(run.seed);
  const room = await run.school.openRoom(`Seed ${run.seed}`, random.fork('room'));
  const { db, sql } = connectDatabase(run.stack.databaseUrl, 2);
  const notes = takeNotes(run.say);
  const boardId = `board:${random.uuid()}`;
  const clients = await makeClients({ room, boardId, run, random: random.fork('clients') });
  const joiners = await makeClients({ room, boardId, run, random: random.fork('joiners') });
  let verdict = NOTHING;
  try {
    await enter(clients);
    await prepare(room, boardId, clients);
    const scene = { ...run, ...notes, sql, roomId: room.roomId, clients, random: random.fork('faults') };
    await goThrough(inOrder(random.fork('order')), scene, run.operations);

    for (const wire of clients.flatMap(({ wires }) => wires)) wire.bytesPerSecond = null;
    await settle(db, room.roomId, clients);
    run.say(
      `the slowest answer took ${Math.round(Math.max(...clients.map((client) => client.slowestMs)))} ms`,
    );
    await enter(joiners);
    const settledSeq = await settle(db, room.roomId, [...clients, ...joiners]);
    verdict = judge({ ...(await gather(db, room.roomId, clients, joiners)), settledSeq });
    await run.school.closeRoom(room);
  } catch (error) {
    notes.wrong(sentenceOf(error));
  } finally {
    for (const client of [...clients, ...joiners]) await client.close();
    await sql.end();
  }
  return {
    ...verdict,
    diverged: verdict.diverged + notes.findings.length,
    findings: [...verdict.findings, ...notes.findings],
    operations: clients.reduce((sum, client) => sum + client.operations, 0),
    recoveries: notes.recoveries,
    faults: notes.faults,
  };
}

/** What a seed is that did not get as far as a class. */
export function brokenOff(error: unknown): SeedResult {
  const { faults, findings, recoveries, wrong } = takeNotes(() => undefined);
  wrong(sentenceOf(error));
  return { ...NOTHING, diverged: 1, findings, operations: 0, recoveries, faults };
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function takeNotes(say: Run['say']) {
  const faults = Object.fromEntries(FAULTS.map((fault) => [fault, 0])) as Record<Fault, number>;
  const recoveries: number[] = [];
  const findings: string[] = [];
  return {
    faults,
    recoveries,
    findings,
    happened: (fault: Fault) => {
      faults[fault] += 1;
    },
    recovered: (ms: number) => {
      recoveries.push(ms);
      say(`a client is back: ${Math.round(ms)} ms`);
    },
    wrong: (sentence: string) => {
      findings.push(`diverged: ${sentence}`);
    },
  };
}

async function makeClients(of: { room: Room; boardId: string; run: Run; random: Random }): Promise<Client[]> {
  const { room, boardId, run, random } = of;
  const wrongClock = random.between(0, room.seats.length - 1);
  return Promise.all(
    room.seats.map(async (seat, index) => {
      const wires = await Promise.all(run.instances.map(({ port }) => Wire.open(port)));
      const place = { room, seat, boardId, first: random.between(0, wires.length - 1) };
      const clockMs = index === wrongClock ? CLIENT_CLOCK_MS : 0;
      return new Client(place, wires, random.fork(`${index} ${seat.name}`), clockMs);
    }),
  );
}

async function enter(clients: readonly Client[]): Promise<void> {
  await Promise.all(clients.map((client) => client.enter()));
  await Promise.all(clients.map((client) => client.untilLive()));
}

/** What a teacher does first: opens a board and a document, and lets one student draw. */
async function prepare({ documentId }: Room, boardId: string, clients: readonly Client[]): Promise<void> {
  const owner = clients.find(({ seat }) => seat.role === 'owner');
  const student = clients.find(({ seat }) => seat.role === 'student');
  if (!owner) throw new Error('a class has no owner');
  await owner.send({ type: 'document.open', payload: { documentId } });
  await owner.send({ type: 'board.open', payload: { boardId, title: 'Sketch' } });
  if (!student) return;
  const rights = { draw: true, microphone: true, camera: true };
  await owner.send({ type: 'rights.set', payload: { participantId: student.me, rights } });
}

function inOrder(random: Random): Fault[] {
  const order = random.shuffle(FAULTS.filter((fault) => !LASTING.includes(fault)));
  for (const fault of LASTING) order.splice(random.between(0, EARLY - 1), 0, fault);
  return order;
}

/** One fault after the other, and everybody's share of operations around each: nothing breaks while nobody acts. */
async function goThrough(
  order: readonly Fault[],
  scene: Scene & Pick<Run, 'say'>,
  operations: number,
): Promise<void> {
  let done = 0;
  for (const [index, fault] of order.entries()) {
    const until = Math.round((operations * (index + 1)) / order.length);
    const share = until - done;
    done = until;
    const acting = Promise.all(scene.clients.map((client) => client.act(share)));
    await wait(scene.random.between(0, 300));
    const began = performance.now();
    await inTime(fault, Promise.all([acting, STEPS[fault](scene)]));
    scene.say(`${fault}: ${Math.round(performance.now() - began)} ms`);
  }
}

/** What never ends is a finding too, and not a tool that hangs. */
async function inTime(what: string, work: Promise<unknown>): Promise<void> {
  const late = new AbortController();
  const never = wait(STEP_MS, undefined, { signal: late.signal }).then(() => {
    throw new Error(`${what} did not come to an end`);
  });
  await Promise.race([work, never]).finally(() => {
    never.catch(() => undefined);
    late.abort();
  });
}

/** Waits until everybody is answered, live, and knows all that the log holds; gives the seq at which that was so. */
async function settle(db: Db, roomId: string, clients: readonly Client[]): Promise<number> {
  const deadline = Date.now() + SETTLE_MS;
  for (;;) {
    const head = await selectHead(db, roomId);
    if (head && clients.every((client) => client.isSettled(head.headSeq))) return head.headSeq;
    if (Date.now() > deadline) {
      const behind = clients.filter((client) => !client.isSettled(head?.headSeq ?? 0));
      throw new Error(`not in step with ${head?.headSeq}: ${behind.map(String).join('; ')}`);
    }
    await wait(100);
  }
}

async function gather(
  db: Db,
  roomId: string,
  clients: readonly Client[],
  joiners: readonly Client[],
): Promise<Omit<Evidence, 'settledSeq'>> {
  const [ends, freshEnds] = await Promise.all(
    [clients, joiners].map((all) => Promise.all(all.map((client) => client.end()))),
  );
  // Read together, so that the head and the log are of one moment.
  return db.transaction(
    async (tx) => ({
      roomId,
      headSeq: (await selectHead(tx, roomId))?.headSeq ?? 0,
      events: await selectEvents(tx, roomId, { after: 0, upTo: Number.MAX_SAFE_INTEGER, limit: 1_000_000 }),
      answers: (
        await tx
          .select({ id: roomCommands.id, result: roomCommands.result })
          .from(roomCommands)
          .where(eq(roomCommands.roomId, roomId))
      ).map(({ id, result }) => ({ id, result: result as CommandResult })),
      sent: clients.flatMap((client) => client.sent),
      clients: ends ?? [],
      joiners: freshEnds ?? [],
    }),
    { isolationLevel: 'repeatable read' },
  );
}
