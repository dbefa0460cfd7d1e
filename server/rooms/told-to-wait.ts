import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { CommandResult } from '@/room/commands';
import { metrics } from '../metrics';
import type { RawCommand } from './service';

/** Of how many this process remembers that they were told to wait; beyond it they are asked who they are, as all others. */
const MOST = 1000;

const call = z.object({ roomId: z.uuid(), commands: z.array(z.looseObject({ id: z.uuid() })) });

/**
 * Who was told to wait (L1.6), by what their browser sends along. Until then they are told so again before anybody is asked
 * who they are, which is most of what a refused call costs: others do not wait for a script that goes on.
 */
export class ToldToWait {
  /** Until when, by `performance.now()`. */
  readonly #until = new Map<string, number>();

  /** Somebody was answered that they come again in so many ms. */
  note(roomId: string, headers: Headers, results: readonly CommandResult[]): void {
    const slow = results.find((result) => !result.ok && result.code === 'TOO_MANY_REQUESTS');
    const cookie = headers.get('cookie');
    if (!slow || slow.ok || !cookie || this.#until.size >= MOST) return;
    const key = keyOf(roomId, cookie);
    this.#until.set(key, performance.now() + (slow.retryAfterMs ?? 0));
    setTimeout(() => this.#until.delete(key), slow.retryAfterMs).unref();
  }

  /** The answer to a call of `rooms.send` by somebody who is to wait still; null: they are not, or it is no such call. */
  answer(json: string, headers: Headers): { results: CommandResult[] } | null {
    const cookie = headers.get('cookie');
    if (!cookie || this.#until.size === 0) return null;
    const asked = call.safeParse(parsed(json));
    if (!asked.success) return null;
    const retryAfterMs = (this.#until.get(keyOf(asked.data.roomId, cookie)) ?? 0) - performance.now();
    if (retryAfterMs <= 0) return null;
    const { commands } = asked.data;
    metrics.refusals.inc({ code: 'TOO_MANY_REQUESTS' }, commands.length);
    return { results: comeAgain(commands, retryAfterMs) };
  }
}

/** Commands of which none was carried out, since they were too many. */
export function comeAgain(commands: readonly RawCommand[], retryAfterMs: number): CommandResult[] {
  return commands.map(({ id }) => ({
    ok: false,
    id,
    code: 'TOO_MANY_REQUESTS',
    retryAfterMs: Math.ceil(retryAfterMs),
  }));
}

function keyOf(roomId: string, cookie: string): string {
  return createHash('sha256').update(`${roomId}\n${cookie}`).digest('base64');
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // Whoever parses it next says what is wrong with it.
    return null;
  }
}
