import fc from 'fast-check';
import { apply, initialState } from './apply';
import { BoardDraft, type BoardRecord } from './boards';
import type { CommandBody, SystemCommandBody } from './commands';
import { decide } from './decide';
import type { Actor, Decision } from './decision';
import { decideSystem } from './decide-system';
import type { RoomEvent } from './events';
import { ROLES } from './roles';
import type { RoomState } from './state';

/** A few ids, so that random commands meet each other. For property tests only. */
const uuid = (last: number) => `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`;
export const PEOPLE: readonly Actor[] = ROLES.map((role, index) => ({
  id: uuid(index + 1),
  name: role,
  role,
}));
export const DOCUMENTS = new Map([
  [uuid(101), { title: 'Slides', pageCount: 3 }],
  [uuid(102), { title: 'Nothing', pageCount: 0 }],
  [uuid(104), { title: 'Film', pageCount: 0, plays: true as const }],
]);

const personId = fc.constantFrom(...PEOPLE.map((person) => person.id), uuid(99));
const documentId = fc.constantFrom(uuid(101), uuid(102), uuid(103), uuid(104));
const boardId = fc.constantFrom(
  `board:${uuid(201)}`,
  `page:${uuid(101)}:1`,
  `page:${uuid(101)}:4`,
  `page:${uuid(103)}:1`,
);
const recordId = fc.constantFrom('shape:a', 'shape:b', 'shape:c', 'binding:d');
const rights = fc.record({ draw: fc.boolean(), microphone: fc.boolean(), camera: fc.boolean() });
const empty = fc.constant({});

const record: fc.Arbitrary<BoardRecord> = fc.record({
  id: recordId,
  typeName: fc.constantFrom('shape', 'binding', 'bad'),
  type: fc.constantFrom('arrow', 'geo'),
  parentId: fc.constantFrom('page:page', 'shape:a', 'shape:b', 'shape:c'),
  fromId: recordId,
  toId: recordId,
});

/** Records that a board takes as they are, so that there is something on it: a shape, one in another, an arrow and what holds it. */
const BOX = { id: 'shape:a', typeName: 'shape', type: 'geo', parentId: 'page:page' };
const INNER = { id: 'shape:b', typeName: 'shape', type: 'geo', parentId: 'shape:a' };
const ARROW = { id: 'shape:c', typeName: 'shape', type: 'arrow', parentId: 'page:page' };
const HOLD = { id: 'binding:d', typeName: 'binding', type: 'arrow', fromId: 'shape:c', toId: 'shape:b' };
const DRAWN: readonly BoardRecord[] = [BOX, INNER, ARROW, HOLD];

const stage = fc.oneof(
  fc.constant({ kind: 'empty' as const }),
  fc.record({ kind: fc.constant('document' as const), documentId }),
  fc.record({ kind: fc.constant('board' as const), boardId }),
  fc.constant({ kind: 'media' as const }),
  fc.record({ kind: fc.constant('screen' as const), participantId: personId }),
);

const item = fc.record({
  id: fc.constantFrom(uuid(501), uuid(502)),
  source: fc.oneof(
    fc.record({ kind: fc.constant('file' as const), documentId }),
    fc.constant({ kind: 'youtube' as const, videoId: 'dQw4w9WgXcQ' }),
  ),
  title: fc.constant('Film'),
});
/** Of the first few that a run loads. */
const generation = fc.integer({ min: 1, max: 4 });
const mediaTime = fc.integer({ min: 0, max: 100_000 });
/** What the commands' shape lets through. */
const fraction = fc.double({ min: -10, max: 10, noNaN: true }).map((value) => value + 0);
const viewport = fc.record({ x: fraction, y: fraction, width: fraction, height: fraction });

const payloads = {
  'hand.raise': empty,
  'hand.lower': fc.record({ participantId: personId }),
  'rights.set': fc.record({ participantId: personId, rights: fc.option(rights) }),
  'defaults.set': fc.record({ rights }),
  'looking.set': fc.record({ allowed: fc.boolean() }),
  'person.mute': fc.record({ participantId: personId, source: fc.constantFrom('microphone', 'camera') }),
  'person.remove': fc.record({ participantId: personId }),
  'person.readmit': fc.record({ participantId: personId }),
  'document.open': fc.record({ documentId }),
  'document.close': fc.record({ documentId }),
  'board.open': fc.record({ boardId, title: fc.constant('Board') }),
  'board.close': fc.record({ boardId }),
  'stage.show': fc.record({ stage }),
  'page.turn': fc.record(
    { documentId, page: fc.integer({ min: 1, max: 5 }), viewport },
    { requiredKeys: ['documentId', 'page'] },
  ),
  'document.rotate': fc.record({ documentId, rotation: fc.constantFrom(0, 90, 180, 270) }),
  'viewport.move': fc.record({
    viewport: fc.option(viewport),
  }),
  'media.load': fc.record({ item, positionMs: mediaTime, paused: fc.boolean() }),
  'media.play': fc.record({ generation }),
  'media.pause': fc.record({ generation }),
  'media.seek': fc.record({ generation, positionMs: mediaTime }),
  'media.rate': fc.record({ generation, rate: fc.constantFrom(0.25, 1, 2) }),
  'media.next': fc.record({ generation }),
  'media.stop': fc.record({ generation }),
  'media.measure': fc.record({ generation, durationMs: mediaTime }),
  'media.queue': fc.record({ item }),
  'media.unqueue': fc.record({ itemId: fc.constantFrom(uuid(501), uuid(502)) }),
  'board.change': fc.record({
    boardId,
    layer: fc.oneof(fc.constant('shared'), personId),
    put: fc.array(record, { maxLength: 4 }),
    removed: fc.array(recordId, { maxLength: 2 }),
    stroke: fc.constant(null),
  }),
  'layers.set': fc.record({
    tab: fc.constantFrom(uuid(101), uuid(103), `board:${uuid(201)}`, '__proto__'),
    open: fc.boolean(),
  }),
  'layer.reveal': fc.record({ boardId, participantId: fc.option(personId) }),
  'laser.move': fc.record({
    boardId,
    samples: fc.constant<[number, number, number][]>([[1, 2, 0]]),
  }),
  'door.set': fc.record({ asks: fc.boolean(), locked: fc.boolean() }),
  'door.admit': fc.record({ participantIds: fc.array(personId, { minLength: 1, maxLength: 3 }) }),
  'door.deny': fc.record({ participantId: personId }),
  'chat.send': fc.record({ text: fc.string({ minLength: 1, maxLength: 20 }), to: fc.option(personId) }),
} satisfies Record<CommandBody['type'], fc.Arbitrary<unknown>>;

export const commands = fc.oneof(
  ...Object.entries(payloads).map(([type, payload]) => fc.record({ type: fc.constant(type), payload })),
) as fc.Arbitrary<CommandBody>;

const connectionId = fc.constantFrom(uuid(301), uuid(302));
const lessonId = fc.constantFrom(uuid(401), uuid(402));
export const systemCommands = fc.oneof(
  fc.record({
    type: fc.constant('lesson.start'),
    payload: fc.record({ lessonId, title: fc.constant('Algebra') }),
  }),
  fc.record({
    type: fc.constant('lesson.end'),
    payload: fc.record({ lessonId, reason: fc.constant('ended') }),
  }),
  fc.record({
    type: fc.constant('document.replace'),
    payload: fc.record({
      documentId,
      pageCount: fc.integer({ min: 0, max: 5 }),
      version: fc.integer({ min: 2, max: 4 }),
    }),
  }),
  fc.record({
    type: fc.constant('person.connect'),
    payload: fc.tuple(fc.constantFrom(...PEOPLE), connectionId).map(([person, id]) => ({
      participantId: person.id,
      name: person.name,
      role: person.role,
      connectionId: id,
      device: 'computer',
    })),
  }),
  fc.record({
    type: fc.constant('door.knock'),
    payload: fc.record({ participantId: personId, name: fc.constant('Mara') }),
  }),
  fc.record({ type: fc.constant('door.leave'), payload: fc.record({ participantId: personId }) }),
  fc.record({ type: fc.constant('media.end'), payload: fc.record({ generation }) }),
  fc.record({
    type: fc.constant('person.disconnect'),
    payload: fc.record({ participantId: personId, connectionId, reason: fc.constantFrom('left', 'dropped') }),
  }),
) as fc.Arbitrary<SystemCommandBody>;

export type Step =
  | { kind: 'command'; actor: Actor; body: CommandBody }
  | { kind: 'system'; body: SystemCommandBody };

const BLANK = `board:${uuid(201)}`;
const studentId = uuid(ROLES.indexOf('student') + 1);
const owner: Actor = { id: uuid(1), name: 'owner', role: 'owner' };
/** A class in full swing. From an empty room, random steps seldom come as far as a drawing on a page. */
export const UNDER_WAY: readonly Step[] = [
  { kind: 'system', body: { type: 'lesson.start', payload: { lessonId: uuid(401), title: 'Algebra' } } },
  ...PEOPLE.map(
    ({ id, name, role }): Step => ({
      kind: 'system',
      body: {
        type: 'person.connect',
        payload: { participantId: id, name, role, connectionId: uuid(301), device: 'computer' },
      },
    }),
  ),
  ...(
    [
      { type: 'defaults.set', payload: { rights: { draw: true, microphone: true, camera: true } } },
      { type: 'document.open', payload: { documentId: uuid(101) } },
      { type: 'board.open', payload: { boardId: BLANK, title: 'Board' } },
      { type: 'layers.set', payload: { tab: BLANK, open: true } },
      ...['shared', studentId].map((layer) => ({
        type: 'board.change' as const,
        payload: { boardId: BLANK, layer, put: [...DRAWN], removed: [], stroke: null },
      })),
    ] satisfies CommandBody[]
  ).map((body): Step => ({ kind: 'command', actor: owner, body })),
];

/** Somebody draws or erases on an open board, on a layer that is theirs to draw on mostly. */
const drawing: fc.Arbitrary<Step> = fc
  .record({
    actor: fc.constantFrom(...PEOPLE),
    own: fc.boolean(),
    onPage: fc.boolean(),
    put: fc.oneof(
      fc.constant([]),
      fc.constant(DRAWN),
      fc.subarray([...DRAWN]),
      fc.array(record, { maxLength: 2 }),
    ),
    removed: fc.array(recordId, { maxLength: 2 }),
  })
  .map(({ actor, own, onPage, put, removed }) => {
    const layer = own ? actor.id : 'shared';
    const payload = { boardId: onPage ? `page:${uuid(101)}:1` : BLANK, layer, put: [...put] };
    const body: CommandBody = { type: 'board.change', payload: { ...payload, removed, stroke: null } };
    return { kind: 'command', actor, body };
  });

/** Staff show everyone what somebody has on a layer of their own, or none of it any more. */
const revealing: fc.Arbitrary<Step> = fc
  .oneof(fc.constantFrom(null, studentId), personId)
  .map((participantId): CommandBody => ({ type: 'layer.reveal', payload: { boardId: BLANK, participantId } }))
  .map((body) => ({ kind: 'command', actor: owner, body }));

/** What happens in a room: from nothing, or in a class that is under way. */
export const steps: fc.Arbitrary<Step[]> = fc
  .tuple(
    fc.oneof({ weight: 1, arbitrary: fc.constant([]) }, { weight: 3, arbitrary: fc.constant(UNDER_WAY) }),
    fc.array(
      fc.oneof(
        {
          weight: 6,
          arbitrary: fc.record({
            kind: fc.constant('command' as const),
            actor: fc.constantFrom(...PEOPLE),
            body: commands,
          }),
        },
        { weight: 2, arbitrary: drawing },
        { weight: 1, arbitrary: revealing },
        { weight: 2, arbitrary: fc.record({ kind: fc.constant('system' as const), body: systemCommands }) },
      ),
      { maxLength: 120, size: '+1' },
    ),
  )
  .map(([before, then]) => [...before, ...then]);

/** A room's server with nothing around it: what the core alone makes of steps. */
export class Run {
  state: RoomState = initialState(uuid(0));
  readonly events: RoomEvent[] = [];
  readonly boards = new Map<string, BoardDraft>();

  board(id: string, layer: string): BoardDraft {
    const key = `${id}/${layer}`;
    const board = this.boards.get(key) ?? new BoardDraft(new Map<string, BoardRecord>());
    this.boards.set(key, board);
    return board;
  }

  decide(step: Step): Decision {
    if (step.kind === 'system') return decideSystem(this.state, step.body, this.state.at + 1);
    return decide(
      this.state,
      {
        actor: step.actor,
        now: this.state.at + 1,
        documents: DOCUMENTS,
        validateRecord: (raw) => {
          const checked = raw as BoardRecord;
          return checked.typeName === 'bad' ? { ok: false } : { ok: true, record: checked };
        },
        board: (id, layer) => this.board(id, layer),
      },
      step.body,
    );
  }

  take(step: Step, decision: Decision): RoomEvent[] {
    if ('refusal' in decision) return [];
    return decision.events.map(({ body, audience }) => {
      const actor = step.kind === 'command' ? step.actor.id : null;
      const event: RoomEvent = {
        ...body,
        audience,
        actor,
        commandId: null,
        seq: this.state.seq + 1,
        at: this.state.at + 1,
      };
      this.state = apply(this.state, event);
      this.events.push(event);
      if (event.type === 'board.changed')
        this.board(event.payload.boardId, event.payload.layer).fold(event.payload);
      return event;
    });
  }

  all(list: readonly Step[]): this {
    for (const step of list) this.take(step, this.decide(step));
    return this;
  }
}
