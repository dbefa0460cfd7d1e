import type { CommandBody } from '@/room/commands';
import type { RoomState } from '@/room/state';

/** Whether a command speaks of its sender as somebody who is in the room: the room refuses it while it does not know them. */
export function takesPresence(body: CommandBody, me: string): boolean {
  switch (body.type) {
    case 'hand.raise':
      return true;
    case 'hand.lower':
      return body.payload.participantId === me;
    case 'stage.show':
      return body.payload.stage.kind === 'screen' && body.payload.stage.participantId === me;
    default:
      return false;
  }
}

/** Whether the log knows that this person is here; it does a moment after their stream is open. */
export function isPresent(head: RoomState, me: string): boolean {
  return Object.hasOwn(head.people, me) && (head.people[me]?.connections.length ?? 0) > 0;
}

/** What waits for something to be so. */
export class Gate {
  #waiting: (() => void)[] = [];

  get size(): number {
    return this.#waiting.length;
  }

  wait(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  open(): void {
    for (const pass of this.#waiting.splice(0)) pass();
  }
}
