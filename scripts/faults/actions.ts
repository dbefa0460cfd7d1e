import type { BoardRecord, Layer } from '@/room/boards';
import { pageBoardId } from '@/room/boards';
import type { CommandBody } from '@/room/commands';
import type { RoomState } from '@/room/state';
import { strokeRecord } from '@/room/stroke-fixture';
import { arrowTo } from '@/room/arrow-fixture';
import type { Random } from './random';

/** What a client knows when it acts. */
export type Scene = {
  me: string;
  documentId: string;
  boardId: string;
  head: RoomState;
  /** Records of a board layer that this client has open. */
  records: (boardId: string, layer: Layer) => readonly BoardRecord[];
};

type Action = (scene: Scene, random: Random, text: string) => CommandBody;

/** By weight: what people do in a class, and what they may not do and try all the same. */
const ACTIONS: readonly (readonly [weight: number, action: Action])[] = [
  [30, (_scene, _random, text) => ({ type: 'chat.send', payload: { text, to: null } })],
  [10, (scene, random, text) => ({ type: 'chat.send', payload: { text, to: someone(scene, random) } })],
  [24, (scene, random, text) => stroke(scene, random, 'shared', text)],
  [8, (scene, random, text) => stroke(scene, random, scene.me, text)],
  [3, (scene, random, text) => stroke(scene, random, someone(scene, random), text)],
  [
    2,
    (scene, random) => ({
      type: 'layers.set',
      payload: { tab: someTab(scene, random), open: random.chance(0.8) },
    }),
  ],
  [
    2,
    (scene, random) => ({
      type: 'layer.reveal',
      payload: {
        boardId: someBoard(scene, random),
        participantId: random.chance(0.2) ? null : someone(scene, random),
      },
    }),
  ],
  [6, (scene, random, text) => pointAt(scene, random, text)],
  [6, (scene, random) => change(scene, random, 'move')],
  [5, (scene, random) => change(scene, random, 'erase')],
  [4, () => ({ type: 'hand.raise', payload: {} })],
  [4, (scene, random) => ({ type: 'hand.lower', payload: { participantId: someone(scene, random) } })],
  [
    6,
    ({ documentId }, random) => ({
      type: 'page.turn',
      payload: { documentId, page: random.between(1, 6) },
    }),
  ],
  [3, (scene, random) => show(scene, random)],
  [
    2,
    ({ documentId }, random) => ({
      type: 'document.rotate',
      payload: { documentId, rotation: random.pick([0, 90, 180, 270] as const) },
    }),
  ],
  [1, (_scene, random) => ({ type: 'looking.set', payload: { allowed: random.chance(0.7) } })],
  [
    3,
    (_scene, random) => ({
      type: 'viewport.move',
      payload: { viewport: random.chance(0.3) ? null : { x: random.next(), y: 0, width: 0.5, height: 0.5 } },
    }),
  ],
  [5, (scene, random) => setRights(scene, random)],
  [2, (_scene, random) => ({ type: 'defaults.set', payload: { rights: rights(random) } })],
  [
    1,
    (scene, random) => ({
      type: 'person.mute',
      payload: { participantId: someone(scene, random), source: 'microphone' },
    }),
  ],
];

const WHOLE = ACTIONS.reduce((sum, [weight]) => sum + weight, 0);

/**
 * Something that this person does now.
 * @param text  unlike any other: what a message says, and what a stroke is called
 */
export function chooseAction(scene: Scene, random: Random, text: string): CommandBody {
  let at = random.next() * WHOLE;
  for (const [weight, action] of ACTIONS) {
    at -= weight;
    if (at < 0) return action(scene, random, text);
  }
  return { type: 'chat.send', payload: { text, to: null } };
}

function someone({ head, me }: Scene, random: Random): string {
  const ids = Object.keys(head.people).toSorted();
  return ids.length > 0 ? random.pick(ids) : me;
}

function someTab({ boardId, documentId }: Scene, random: Random): string {
  return random.chance(0.7) ? boardId : documentId;
}

/** The blank board mostly, and the pages of the document. */
function someBoard({ boardId, documentId }: Scene, random: Random): string {
  return random.chance(0.7) ? boardId : pageBoardId(documentId, random.between(1, 2));
}

function stroke(scene: Scene, random: Random, layer: Layer, text: string): CommandBody {
  const record = randomStroke(`shape:${nameFrom(text)}`, random);
  return {
    type: 'board.change',
    payload: {
      boardId: someBoard(scene, random),
      layer,
      put: [record],
      removed: [],
      stroke: { shapeId: record.id, startedMsAgo: random.between(0, 2000), offsets: [0, 16, 32] },
    },
  };
}

/** An arrow that holds on to something that is there; by the time it comes, somebody may have taken that away. */
function pointAt(scene: Scene, random: Random, text: string): CommandBody {
  const boardId = someBoard(scene, random);
  const shapes = scene.records(boardId, 'shared').filter(({ type }) => type === 'draw');
  if (shapes.length === 0) return stroke(scene, random, 'shared', text);
  const at = { x: random.between(0, 800), y: random.between(0, 600) };
  const put = arrowTo(nameFrom(text), random.pick(shapes.slice(-12)).id, at);
  return { type: 'board.change', payload: { boardId, layer: 'shared', put, removed: [], stroke: null } };
}

function nameFrom(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, '_');
}

/** Something that is there already is moved or taken away; by several people at once, when it happens so. */
function change(scene: Scene, random: Random, how: 'move' | 'erase'): CommandBody {
  const boardId = someBoard(scene, random);
  const layer = random.chance(0.8) ? 'shared' : scene.me;
  const records = scene.records(boardId, layer).slice(-12);
  const base = { boardId, layer, stroke: null };
  const chosen = records.length > 0 ? random.pick(records) : null;
  if (!chosen || how === 'erase') {
    const removed = chosen ? [chosen.id] : ['shape:nothing'];
    return { type: 'board.change', payload: { ...base, put: [], removed } };
  }
  const moved = { ...chosen, x: random.between(0, 1000) };
  return { type: 'board.change', payload: { ...base, put: [moved], removed: [] } };
}

function show({ boardId, documentId }: Scene, random: Random): CommandBody {
  return random.chance(0.5)
    ? { type: 'board.open', payload: { boardId, title: 'Sketch' } }
    : { type: 'document.open', payload: { documentId } };
}

function setRights(scene: Scene, random: Random): CommandBody {
  const participantId = someone(scene, random);
  return {
    type: 'rights.set',
    payload: { participantId, rights: random.chance(0.2) ? null : rights(random) },
  };
}

function rights(random: Random) {
  return { draw: random.chance(0.6), microphone: random.chance(0.5), camera: random.chance(0.5) };
}

function randomStroke(id: string, random: Random): BoardRecord {
  const points = Array.from({ length: random.between(2, 30) }, (_, index) => ({
    x: index * 4,
    y: random.between(0, 80),
    z: 0.5,
  }));
  return strokeRecord(id, { x: random.between(0, 800), y: random.between(0, 600) }, points);
}
