import { apply } from '@/room/apply';
import type { Command, CommandBody, CommandResult } from '@/room/commands';
import { decide } from '@/room/decide';
import type { Actor } from '@/room/decision';
import type { RoomState } from '@/room/state';

/** What is shown before the server has answered: what one presses oneself, and what cannot harm if it is taken back. */
const PREDICTED: ReadonlySet<CommandBody['type']> = new Set([
  'hand.raise',
  'hand.lower',
  'page.turn',
  'viewport.move',
  'document.rotate',
  'stage.show',
  'document.open',
  'document.close',
  'rights.set',
  'defaults.set',
  'looking.set',
  'door.set',
  'door.admit',
  'door.deny',
]);

type Prediction = {
  command: Command /** The seq that brings it; null before the answer. */;
  until: number | null;
};

/** Commands of this tab that are shown as if they had happened, by the very code that decides them on the server. */
export class Predictions {
  #list: Prediction[] = [];

  add(command: Command): boolean {
    if (!PREDICTED.has(command.type)) return false;
    this.#list.push({ command, until: null });
    return true;
  }

  /** The answer is here: a refused one goes at once, an accepted one when its events are. */
  answered(result: CommandResult): void {
    const last = result.ok ? result.seqs.at(-1) : undefined;
    if (last === undefined) this.#list = this.#list.filter(({ command }) => command.id !== result.id);
    else
      for (const prediction of this.#list) if (prediction.command.id === result.id) prediction.until = last;
  }

  /** The confirmed head has got to `seq`; `commandIds` came with it. */
  confirmed(seq: number, commandIds: ReadonlySet<string>): void {
    this.#list = this.#list.filter(
      ({ command, until }) => !commandIds.has(command.id) && (until === null || until > seq),
    );
  }

  /** The head as it is shown. Its `seq` and `at` stay the confirmed ones. */
  over(confirmed: RoomState, actor: Actor, now: number): RoomState {
    if (this.#list.length === 0) return confirmed;
    let shown = confirmed;
    for (const { command } of this.#list) shown = predict(shown, actor, now, command);
    return { ...shown, seq: confirmed.seq, at: confirmed.at };
  }
}

function predict(state: RoomState, actor: Actor, now: number, command: Command): RoomState {
  const decision = decide(
    state,
    { actor, now, documents: new Map(), validateRecord: () => ({ ok: false }), board: () => new Map() },
    command,
  );
  if ('refusal' in decision) return state;
  return decision.events.reduce(
    (before, { body, audience }) =>
      apply(before, {
        ...body,
        audience,
        seq: before.seq + 1,
        at: now,
        actor: actor.id,
        commandId: command.id,
      }),
    state,
  );
}
