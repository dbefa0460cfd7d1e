import type { Layer } from './boards';
import type { CommandBody } from './commands';
import { decideBoardChange } from './decide-board';
import { decideDoor } from './decide-door';
import { decideLayers, decideReveal } from './decide-layers';
import { decideMedia } from './decide-media';
import { decideStage, isOpenBoard } from './decide-stage';
import { type Actor, type DecideContext, type Decision, NOTHING, refuse, toAll } from './decision';
import type { EventBody } from './events';
import {
  mayAct,
  mayChat,
  mayDraw,
  mayLookAround,
  mayManage,
  mayManagePerson,
  mayPresent,
  rightsOf,
} from './policy';
import { type Person, personIn, type RoomState } from './state';

/** Decides what a command becomes in a state. Pure; the policy is asked here and nowhere else. */
export function decide(state: RoomState, ctx: DecideContext, command: CommandBody): Decision {
  const actor = actorIn(state, ctx.actor);
  if (actor.removed) return refuse('REMOVED');
  if (actor.role === 'recorder' || actor.role === 'phone') return refuse('NOT_ALLOWED');
  if (!mayAct(state, actor)) return refuse('LESSON_NOT_LIVE');
  switch (command.type) {
    case 'hand.raise':
    case 'hand.lower':
      return decideHand(state, actor, command);
    case 'rights.set':
    case 'defaults.set':
    case 'looking.set':
    case 'person.mute':
    case 'person.remove':
    case 'person.readmit':
      return mayManage(actor) ? decideManagement(state, actor, command) : refuse('NOT_ALLOWED');
    case 'door.set':
    case 'door.admit':
    case 'door.deny':
      return mayManage(actor) ? decideDoor(state, command) : refuse('NOT_ALLOWED');
    case 'document.open':
    case 'document.close':
    case 'board.open':
    case 'board.close':
    case 'stage.show':
    case 'page.turn':
    case 'document.rotate':
    case 'viewport.move':
      return mayPresent(actor) ? decideStage(state, ctx, command) : refuse('NOT_ALLOWED');
    case 'media.load':
    case 'media.play':
    case 'media.pause':
    case 'media.seek':
    case 'media.rate':
    case 'media.next':
    case 'media.stop':
    case 'media.measure':
    case 'media.queue':
    case 'media.unqueue':
      return mayPresent(actor) ? decideMedia(state, ctx, command) : refuse('NOT_ALLOWED');
    case 'board.change':
      if (!mayDraw(state, actor, command.payload)) return refuse('NOT_ALLOWED');
      if (!isLayer(state, actor, command.payload.layer)) return refuse('NOT_FOUND');
      return isOpenBoard(state, command.payload.boardId)
        ? decideBoardChange(ctx, command.payload)
        : refuse('NOT_FOUND');
    case 'layers.set':
      return mayPresent(actor) ? decideLayers(state, command.payload) : refuse('NOT_ALLOWED');
    case 'layer.reveal':
      if (!mayManage(actor)) return refuse('NOT_ALLOWED');
      return isOpenBoard(state, command.payload.boardId)
        ? decideReveal(state, ctx, command.payload)
        : refuse('NOT_FOUND');
    case 'laser.move':
      if (!rightsOf(state, actor).draw) return refuse('NOT_ALLOWED');
      return isOpenBoard(state, command.payload.boardId)
        ? toAll({ type: 'laser.moved', payload: command.payload })
        : refuse('NOT_FOUND');
    case 'chat.send':
      return decideChat(state, actor, command);
    default:
      return command satisfies never;
  }
}

type Of<T extends CommandBody['type']> = Extract<CommandBody, { type: T }>;

function decideHand(state: RoomState, actor: Person, command: Of<'hand.raise' | 'hand.lower'>): Decision {
  if (command.type === 'hand.raise') {
    if (!personIn(state, actor.id)) return refuse('NOT_FOUND');
    return actor.handRaisedAt === null
      ? toAll({ type: 'hand.raised', payload: { participantId: actor.id } })
      : NOTHING;
  }
  const { participantId } = command.payload;
  if (participantId !== actor.id && !mayManage(actor)) return refuse('NOT_ALLOWED');
  const target = personIn(state, participantId);
  if (!target) return refuse('NOT_FOUND');
  return target.handRaisedAt === null ? NOTHING : toAll({ type: 'hand.lowered', payload: { participantId } });
}

function decideManagement(
  state: RoomState,
  actor: Person,
  command: Of<
    'rights.set' | 'defaults.set' | 'looking.set' | 'person.mute' | 'person.remove' | 'person.readmit'
  >,
): Decision {
  if (command.type === 'defaults.set') return toAll({ type: 'defaults.changed', payload: command.payload });
  if (command.type === 'looking.set') {
    const { allowed } = command.payload;
    return mayLookAround(state) === allowed
      ? NOTHING
      : toAll({ type: 'looking.changed', payload: { allowed } });
  }
  const target = personIn(state, command.payload.participantId);
  if (!target) return refuse('NOT_FOUND');
  if (!mayManagePerson(actor, target)) return refuse('NOT_ALLOWED');
  if (command.type === 'person.readmit')
    return target.removed ? toAll({ type: 'person.readmitted', payload: command.payload }) : NOTHING;
  if (target.removed) return command.type === 'person.remove' ? NOTHING : refuse('NOT_FOUND');
  switch (command.type) {
    case 'rights.set':
      return toAll({ type: 'rights.changed', payload: command.payload });
    case 'person.mute':
      return toAll({ type: 'person.muted', payload: command.payload });
    case 'person.remove':
      return toAll({ type: 'person.removed', payload: command.payload });
    default:
      return command satisfies never;
  }
}

function decideChat(state: RoomState, actor: Person, command: Of<'chat.send'>): Decision {
  const { text, to } = command.payload;
  if (!mayChat(actor)) return refuse('NOT_ALLOWED');
  const body: EventBody = { type: 'chat.sent', payload: { text, authorName: actor.name, to } };
  if (to === null) return toAll(body);
  const target = personIn(state, to);
  if (!target || target.removed) return refuse('NOT_FOUND');
  return { events: [{ body, audience: { staff: false, participants: [actor.id, to] } }] };
}

/** The actor as a person of the room; the database's role and name count, also before their first stream is open. */
function actorIn(state: RoomState, actor: Actor): Person {
  const known = personIn(state, actor.id);
  return {
    id: actor.id,
    name: actor.name,
    role: actor.role,
    connections: known?.connections ?? [],
    handRaisedAt: known?.handRaisedAt ?? null,
    rights: known?.rights ?? null,
    removed: known?.removed ?? false,
  };
}

/** `shared`, one's own, or that of somebody whom the room knows. */
function isLayer(state: RoomState, actor: Person, layer: Layer): boolean {
  return layer === 'shared' || layer === actor.id || personIn(state, layer) !== undefined;
}
