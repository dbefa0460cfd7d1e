import { personIn } from '@/room/state';
import type { App } from '../app';
import { AppError } from '../errors';
import { forEachAlone } from '../repeat';
import { type Standing, standingOf } from './door-policy';
import * as queries from './queries/door';
import {
  insertParticipant,
  type KnownParticipant,
  selectParticipant,
  selectParticipantOfLink,
  selectParticipantOfUser,
  upsertParticipantOfUser,
} from './queries/people';
import type { Admission } from './people';
import { enqueueSystem } from './room-queue';
import { readState } from './read-state';

/** Who waits looks every few seconds; it is noted this often, and who has not for so long waits no longer (D4). Seconds. */
const NOTE_SECONDS = 10;
const GIVEN_UP_SECONDS = 30;
const SWEEP_AT_ONCE = 200;

/** Whom a link or a cookie stands for. */
export type AtTheDoor = {
  roomId: string;
  lessonId: string;
  /** Enrolled, or with a personal link: nobody is asked about them. */
  roster: boolean;
  /** They have to pay before they come in. */
  owes: boolean;
  who: { userId: string } | { personalLinkId: string } | { participantId: string } | null;
};

/**
 * How somebody stands at the door of a live lesson. Looking is a sign of life of who waits.
 * @throws AppError NOT_FOUND
 */
export async function lookAtDoor(app: App, asking: AtTheDoor): Promise<Standing> {
  const { roomId, roster, owes } = asking;
  const [state, known] = await Promise.all([readState(app, roomId), knownAt(app, asking)]);
  const people = Object.values(state.people).filter(({ connections }) => connections.length > 0);
  const person = known && personIn(state, known.id);
  const isIn = person !== null && person !== undefined && person.connections.length > 0;
  const standing = standingOf(
    {
      asks: Boolean(state.door?.asks),
      locked: Boolean(state.door?.locked),
      full: people.length >= app.env.LECTERN_ROOM_SIZE && !isIn,
    },
    { roster, unpaid: owes && !isIn, wasIn: Boolean(person), admission: known?.admission },
  );
  if (standing === 'waiting' && known) await goOnWaiting(app, known);
  return standing;
}

/** Makes somebody the participant who waits to be let in, and tells the staff. Asking again changes nothing. */
export async function knock(
  app: App,
  {
    roomId,
    lessonId,
    name,
    role,
    userId,
  }: Pick<Admission, 'roomId' | 'lessonId' | 'name' | 'role' | 'userId'>,
): Promise<{ id: string }> {
  const row = {
    id: app.newId(),
    roomId,
    lessonId,
    name,
    role,
    userId: userId ?? null,
    personalLinkId: null,
    admission: 'waiting' as const,
  };
  const stored = await (userId ? upsertParticipantOfUser(app.db, row) : insertParticipant(app.db, row));
  if (!stored) throw new Error('who waits was not stored');
  if (stored.removedAt) throw new AppError('REMOVED');
  await goOnWaiting(app, stored);
  return { id: stored.id };
}

/** Those who have not looked for a while wait no longer, and the staff are told. Any process does it for any room. */
export async function sweepKnocks(app: App): Promise<void> {
  const givenUp = await queries.selectGivenUp(app.db, GIVEN_UP_SECONDS, SWEEP_AT_ONCE);
  await forEachAlone(givenUp, async ({ id, roomId }) => {
    const payload = { participantId: id };
    try {
      await enqueueSystem(app, roomId, { type: 'door.leave', payload }, async (tx) => {
        // They looked in the last moment: the log is not told.
        if (!(await queries.markGivenUp(tx, id, GIVEN_UP_SECONDS))) throw new AppError('NOT_ALLOWED');
      });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  });
}

async function goOnWaiting(app: App, { id, roomId, name }: Pick<KnownParticipant, 'id' | 'roomId' | 'name'>) {
  const { again } = await queries.noteLook(app.db, roomId, id, NOTE_SECONDS);
  if (!again) return;
  try {
    const payload = { participantId: id, name };
    await enqueueSystem(app, roomId, { type: 'door.knock', payload }, undefined);
  } catch (error) {
    // More wait than can be shown to anybody.
    throw error instanceof AppError && error.code === 'TOO_LARGE' ? new AppError('ROOM_FULL') : error;
  }
}

/** Who came by another lesson's link is new at this one's door. */
async function knownAt(app: App, { roomId, lessonId, who }: AtTheDoor): Promise<KnownParticipant | null> {
  if (!who) return null;
  const known =
    'userId' in who
      ? await selectParticipantOfUser(app.db, roomId, who.userId)
      : 'personalLinkId' in who
        ? await selectParticipantOfLink(app.db, roomId, who.personalLinkId)
        : await selectParticipant(app.db, roomId, who.participantId);
  return known && (known.lessonId === null || known.lessonId === lessonId) ? known : null;
}
