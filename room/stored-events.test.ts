import { expect, test } from 'vitest';
import { applyAll, initialState } from './apply';
import { type BoardRecord, foldBoard } from './boards';
import type { EventType, RoomEvent } from './events';
import { chatMessageOf } from './frames';
import stored from './stored-events.json';

/**
 * One event of every type as it stands in logs that exist. They are never edited: an event whose shape changes gets an
 * upcast, and its sample stays.
 */
const events = stored as unknown as RoomEvent[];
const TYPES: Record<EventType, true> = {
  'lesson.started': true,
  'lesson.ended': true,
  'person.connected': true,
  'person.disconnected': true,
  'person.removed': true,
  'person.readmitted': true,
  'person.muted': true,
  'rights.changed': true,
  'defaults.changed': true,
  'looking.changed': true,
  'hand.raised': true,
  'hand.lowered': true,
  'document.opened': true,
  'document.closed': true,
  'board.opened': true,
  'board.closed': true,
  'stage.shown': true,
  'page.turned': true,
  'document.replaced': true,
  'document.rotated': true,
  'viewport.moved': true,
  'media.loaded': true,
  'media.changed': true,
  'media.measured': true,
  'media.stopped': true,
  'media.queued': true,
  'media.unqueued': true,
  'door.changed': true,
  'door.knocked': true,
  'door.answered': true,
  'door.left': true,
  'board.changed': true,
  'layers.changed': true,
  'layer.revealed': true,
  'laser.moved': true,
  'chat.sent': true,
};

test('L5.3: there is a stored sample of every type of event', () => {
  expect([...new Set(events.map((event) => event.type))].toSorted()).toEqual(Object.keys(TYPES).toSorted());
});

test('L5.3: stored events of every type are read as they were meant', () => {
  const upTo = (type: EventType) => {
    const last = events.findLastIndex((event) => event.type === type);
    return applyAll(initialState('room'), events.slice(0, last + 1));
  };
  expect(upTo('lesson.started').lesson).toMatchObject({ id: 'lesson', title: 'Algebra', startedAt: 1000 });
  expect(upTo('person.connected').people.sam).toMatchObject({
    name: 'Sam',
    role: 'student',
    connections: ['tab'],
  });
  expect(upTo('rights.changed').people.sam?.rights).toEqual({ draw: true, microphone: true, camera: false });
  expect(upTo('defaults.changed').defaults).toEqual({ draw: true, microphone: false, camera: false });
  expect(upTo('hand.raised').people.sam?.handRaisedAt).toBe(1007);
  expect(upTo('hand.lowered').people.sam?.handRaisedAt).toBeNull();
  expect(upTo('document.opened').documents).toMatchObject([
    { id: 'doc', title: 'Slides', pageCount: 3, page: 1 },
  ]);
  expect(upTo('page.turned').documents).toMatchObject([{ page: 2 }]);
  expect(upTo('viewport.moved').viewport).toEqual({ x: 0, y: 0.5, width: 1, height: 0.5 });
  expect(upTo('document.rotated').documents).toMatchObject([{ id: 'doc', rotation: 90 }]);
  expect(upTo('document.replaced').documents).toMatchObject([
    { id: 'doc', pageCount: 1, version: 2, page: 1 },
  ]);
  expect(upTo('looking.changed').lookAround).toBe(false);
  const film = {
    id: 'item',
    source: { kind: 'file', documentId: 'film' },
    title: 'Film',
    generation: 1,
    positionMs: 0,
    anchorMs: 1278,
    rate: 1,
    paused: false,
    durationMs: null,
  };
  expect(upTo('media.loaded').media?.playing).toEqual(film);
  expect(upTo('media.measured').media?.playing).toEqual({ ...film, durationMs: 60_000 });
  expect(upTo('media.changed').media?.playing).toMatchObject({ positionMs: 30_000, rate: 1.5, paused: true });
  expect(upTo('media.queued').media?.queue).toEqual([
    { id: 'next', source: { kind: 'youtube', videoId: 'dQw4w9WgXcQ' }, title: 'Song' },
  ]);
  expect(upTo('media.unqueued').media?.queue).toEqual([]);
  expect(upTo('media.stopped').media?.playing).toBeNull();
  expect(upTo('board.opened').boards).toEqual([{ id: 'board', title: 'Sketch' }]);
  expect(upTo('stage.shown').stage).toEqual({ kind: 'board', boardId: 'board' });
  expect(upTo('board.closed')).toMatchObject({ boards: [], closings: 1 });
  expect(upTo('document.closed').documents).toEqual([]);
  expect(upTo('person.disconnected').people.sam?.connections ?? []).toEqual([]);
  expect(upTo('person.removed').people.sam?.removed).toBe(true);
  expect(upTo('person.readmitted').people.sam?.removed).toBe(false);
  expect(upTo('layers.changed').copies).toEqual({ doc: 'kept' });
  expect(upTo('layer.revealed').revealed).toEqual({ boardId: 'page:doc:1', participantId: 'sam' });
  expect(upTo('door.changed').door).toEqual({ asks: true });
  expect(upTo('door.knocked').door?.knocks).toMatchObject([{ participantId: 'mara', name: 'Mara' }]);
  expect(upTo('door.answered').door?.knocks).toMatchObject([{ participantId: 'mara', denied: true }]);
  expect(upTo('door.left').door?.knocks).toHaveLength(1);
  expect(upTo('laser.moved').seq).toBeGreaterThan(0);
  expect(upTo('lesson.ended').lesson).toBeNull();
});

test('L5.3: stored strokes and messages are read as they were meant', () => {
  const records = new Map<string, BoardRecord>();
  for (const event of events) {
    if (event.type === 'board.changed') foldBoard(records, event.payload);
    if (event.type === 'chat.sent')
      expect(chatMessageOf(event)).toEqual({
        id: 'command',
        seq: event.seq,
        at: event.at,
        author: 'tess',
        authorName: 'Tess',
        text: 'hello',
        to: 'sam',
      });
  }
  expect([...records.keys()]).toEqual(['shape:b']);
});
