import { randomUUID } from 'node:crypto';
import type { CommandBody } from '@/room/commands';
import { getApp } from '@/server/app';
import { parseCommand } from '@/server/rooms/command-door';
import { enqueueCommands } from '@/server/rooms/room-queue';
import { admit, type Participant } from '@/server/rooms/service';
import { Random } from '../../faults/random';
import { drawOn, nextCommand } from './mix';
import { offer } from './remote';

/**
 * Writes to a room's log through the services, in a process of its own: what `rooms.send` does behind its limits, which would
 * end this at 40 commands a second and person, and at 1,000 a second and room. Several clients send batches, each the next
 * when it has the answer.
 */
const CLIENTS = 8;
const BATCH = 20;

const app = getApp();

const calls = { append, fill };
export type AppendCalls = typeof calls;
offer(calls);

type Place = { roomId: string; lessonId: string };

function enter(place: Place, name: string): Promise<Participant> {
  return admit(app, { ...place, name, role: 'presenter' });
}

/** Sends a batch as one call; throws where anything was refused. Gives the number of events. */
async function send(actor: Participant, bodies: readonly CommandBody[]): Promise<number> {
  const asked = bodies.map((body) => {
    const checked = parseCommand({ id: randomUUID(), ...body });
    if (!checked.ok) throw new Error(`a command was refused: ${checked.code}`);
    return { actor, command: checked.command };
  });
  const results = await enqueueCommands(app, actor.roomId, asked);
  return results.reduce((sum, result) => {
    if (!result.ok) throw new Error(`a command was refused: ${result.code}`);
    return sum + result.seqs.length;
  }, 0);
}

/** How many events a second one room takes in: after a second of warming up, for `seconds`. */
async function append({
  seconds,
  boardId,
  ...place
}: Place & { boardId: string; seconds: number }): Promise<number> {
  const random = new Random(3);
  const pool = Array.from({ length: 1000 }, () => nextCommand(boardId, random));
  const clients = await Promise.all(
    Array.from({ length: CLIENTS }, (_, index) => enter(place, `Writer ${index + 1}`)),
  );
  /** Sends the next batch when the last is answered; gives the number of events. */
  const write = async (client: Participant, from: number, until: number) => {
    let events = 0;
    for (let at = from; performance.now() < until; at += BATCH) {
      const batch = Array.from({ length: BATCH }, (_, more) => pool[(at + more) % pool.length]);
      const added = await send(
        client,
        batch.filter((body) => body !== undefined),
      );
      events += added;
    }
    return events;
  };
  const run = async (ms: number) => {
    const until = performance.now() + ms;
    const written = await Promise.all(clients.map((client, index) => write(client, index * 100, until)));
    return written.reduce((sum, events) => sum + events, 0);
  };
  await run(1000);
  const started = performance.now();
  const events = await run(seconds * 1000);
  return (events * 1000) / (performance.now() - started);
}

/** Fills a room: each board is opened and drawn full, record by record, while people talk and look around. */
async function fill({
  events,
  records,
  boards,
  ...place
}: Place & { events: number; records: number; boards: number }): Promise<{ shown: string; onShown: number }> {
  const random = new Random(4);
  const presenter = await enter(place, 'Presenter');
  const perBoard = Math.floor(records / boards);
  const others = Math.floor(events / boards) - perBoard;
  let shown = '';
  for (let board = 1; board <= boards; board++) {
    shown = `board:${randomUUID()}`;
    await send(presenter, [{ type: 'board.open', payload: { boardId: shown, title: `Board ${board}` } }]);
    const drawn = Array.from({ length: perBoard }, () => drawOn(shown, random));
    const said = Array.from({ length: others }, (_, index) => (index % 3 === 0 ? SAY : look(random)));
    const all = [...drawn, ...said];
    for (let at = 0; at < all.length; at += 250) await send(presenter, all.slice(at, at + 250));
  }
  return { shown, onShown: perBoard };
}

const SAY: CommandBody = { type: 'chat.send', payload: { text: 'And what is that one up there?', to: null } };

function look(random: Random): CommandBody {
  return {
    type: 'viewport.move',
    payload: { viewport: { x: random.next(), y: random.next(), width: 1, height: 1 } },
  };
}
