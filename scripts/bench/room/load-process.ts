import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { backoffMs } from '@/components/backoff';
import type { CommandBody, CommandResult } from '@/room/commands';
import { Deliveries, percentiles } from './deliveries';
import { Random } from '../../faults/random';
import { nextCommand } from './mix';
import { offer } from './remote';
import { Subscriber } from './subscriber';

/** Who is listened to and sent to: the app, or the yardstick, which answers at the same paths. */
export type Target = {
  /** Takes commands. */
  url: string;
  /** Gives streams. */
  streamsUrl: string;
  roomId: string;
  boardId: string;
  senders: string[];
};
type Name = 'app' | 'yardstick';
type Class = Target & {
  subscribers: Subscriber[];
  deliveries: Deliveries;
  /** Settles when everybody whose stream has ended has a new one. */
  returning: Promise<unknown>;
};

/** Streams that are being opened at the same time when a class comes in. */
const OPENING_AT_ONCE = 25;
/** How long is waited for what was sent last. */
const SETTLE_MS = 10_000;

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const classes = new Map<Name, Class>();

const calls = {
  open: openClass,
  send: sendWindow,
  forget,
  report,
  expectHerd,
  untilHerdIsCurrent,
  close: ({ name }: { name: Name }) => {
    for (const subscriber of classOf(name).subscribers) subscriber.close();
    classes.delete(name);
  },
};
export type LoadCalls = typeof calls;
offer(calls);

function classOf(name: Name): Class {
  const found = classes.get(name);
  if (!found) throw new Error(`${name} was not opened`);
  return found;
}

/** Opens a stream for each cookie, from `after` on. */
async function openClass({
  name,
  target,
  cookies,
  after,
}: {
  name: Name;
  target: Target;
  cookies: string[];
  after: number;
}): Promise<void> {
  const subscribers = cookies.map(
    (cookie, index) =>
      new Subscriber(
        {
          url: `${target.streamsUrl}/api/rooms/${target.roomId}/stream`,
          cookie,
          onFrame: (frame) => classOf(name).deliveries.take(index, frame, performance.now()),
        },
        after,
      ),
  );
  classes.set(name, {
    ...target,
    subscribers,
    deliveries: new Deliveries(cookies.length),
    returning: Promise.resolve(),
  });
  const waiting = [...subscribers];
  const openNext = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) await next.open();
  };
  await Promise.all(Array.from({ length: OPENING_AT_ONCE }, openNext));
}

/**
 * Sends `rate` commands a second for `seconds`, at times that are random (a Poisson process) and the same for the same seed,
 * by the senders in turn; waits until everybody has everything.
 */
async function sendWindow({
  name,
  rate,
  seconds,
  seed,
}: {
  name: Name;
  rate: number;
  seconds: number;
  seed: number;
}): Promise<void> {
  const room = classOf(name);
  const random = new Random(seed);
  const started = performance.now();
  const sending: Promise<unknown>[] = [];
  for (let at = 0; ; ) {
    at += (-Math.log(1 - random.next()) / rate) * 1000;
    if (at > seconds * 1000) break;
    const body = nextCommand(room.boardId, random);
    await wait(Math.max(0, started + at - performance.now()));
    const sent = sendOne(room, room.senders[sending.length % room.senders.length] ?? '', body);
    // What failed is told at the end of the window.
    sent.catch(() => undefined);
    sending.push(sent);
  }
  await Promise.all(sending);
  await room.deliveries.settle(SETTLE_MS);
}

async function sendOne(room: Class, cookie: string, body: CommandBody): Promise<CommandResult> {
  const command = { id: randomUUID(), ...body };
  const json = JSON.stringify({ roomId: room.roomId, commands: [command] });
  room.deliveries.send(command.id, performance.now());
  const answer = JSON.parse(await postAgain(`${room.url}/api/trpc/rooms.send`, cookie, json)) as {
    result?: { data: { results: CommandResult[] } };
  };
  const result = answer.result?.data.results[0];
  if (!result?.ok) throw new Error(`a command was refused: ${JSON.stringify(answer)}`);
  room.deliveries.acknowledge(command.id, performance.now());
  return result;
}

/** A connection that was kept may be closed just when it is used again: the same command is sent once more, as browsers do. */
async function postAgain(url: string, cookie: string, json: string): Promise<string> {
  try {
    return await post(url, cookie, json);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ECONNRESET')) throw error;
    return post(url, cookie, json);
  }
}

function post(url: string, cookie: string, json: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = {
      cookie,
      origin: new URL(url).origin,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(json),
    };
    const sending = request(url, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (text += part));
      response.on('end', () => resolve(text));
      response.on('error', reject);
    });
    sending.on('error', reject);
    sending.end(json);
  });
}

/** What was measured until now was warming up. */
async function forget({ name }: { name: Name }): Promise<void> {
  const room = classOf(name);
  room.deliveries = new Deliveries(room.subscribers.length);
}

async function report({ name }: { name: Name }) {
  const { deliveries } = classOf(name);
  return {
    ack: percentiles(deliveries.acks),
    delivery: percentiles(deliveries.latencies),
    delivered: deliveries.latencies.length,
    lost: deliveries.lost,
    duplicated: deliveries.duplicated,
  };
}

/** To be called before the web process goes down: from now on, whose stream ends comes back as a browser does. */
async function expectHerd({ name }: { name: Name }): Promise<void> {
  const room = classOf(name);
  const random = new Random(1);
  room.returning = Promise.all(
    room.subscribers.map(async (subscriber) => {
      await subscriber.ended;
      for (let tries = 0; !(await isBack(subscriber)); tries++) await wait(backoffMs(tries, random.next()));
    }),
  );
}

async function isBack(subscriber: Subscriber): Promise<boolean> {
  try {
    await subscriber.open();
    return true;
  } catch {
    // Refused, or nobody there: a browser cannot tell either, and tries again.
    return false;
  }
}

/** Resolves when all are back and have what was said after that: everybody is current. */
async function untilHerdIsCurrent({ name }: { name: Name }): Promise<void> {
  const room = classOf(name);
  await room.returning;
  await sendOne(room, room.senders[0] ?? '', nextCommand(room.boardId, new Random(2)));
  await room.deliveries.settle(SETTLE_MS);
  if (room.deliveries.lost > 0) throw new Error(`${room.deliveries.lost} of the herd are not current`);
}
