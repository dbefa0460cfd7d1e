import { expect, test } from 'vitest';
import { apply, initialState } from './apply';
import { decideSystem } from './decide-system';
import type { EventBody, RoomEvent } from './events';
import type { RoomState } from './state';

function happen(state: RoomState, body: EventBody): RoomState {
  const event: RoomEvent = {
    ...body,
    seq: state.seq + 1,
    at: state.at + 1,
    actor: null,
    commandId: null,
    audience: 'everyone',
  };
  return apply(state, event);
}

const opened = (['first', 'second'] as const).reduce(
  (state, documentId) =>
    happen(state, { type: 'document.opened', payload: { documentId, title: documentId, pageCount: 9 } }),
  initialState('room'),
);
const onPage8 = [
  { type: 'stage.shown', payload: { stage: { kind: 'document', documentId: 'first' } } },
  { type: 'page.turned', payload: { documentId: 'first', page: 8 } },
] satisfies EventBody[];
const shown = onPage8.reduce(happen, opened);

test('P13: who stands behind the new file’s end stands on its last page, and other documents stay', () => {
  const replaced = happen(shown, {
    type: 'document.replaced',
    payload: { documentId: 'first', pageCount: 3, version: 2 },
  });
  expect(replaced.documents).toMatchObject([
    { id: 'first', pageCount: 3, page: 3, version: 2 },
    { id: 'second', pageCount: 9, page: 1 },
  ]);
  expect(replaced.stage).toEqual({ kind: 'document', documentId: 'first' });
  const longer = happen(shown, {
    type: 'document.replaced',
    payload: { documentId: 'first', pageCount: 30, version: 2 },
  });
  expect(longer.documents[0]).toMatchObject({ pageCount: 30, page: 8 });
});

test('P13: a document that has no pages any more is closed, and an older file changes nothing', () => {
  const replace = (pageCount: number, version: number) =>
    decideSystem(
      shown,
      { type: 'document.replace', payload: { documentId: 'first', pageCount, version } },
      0,
    );
  expect(replace(0, 2)).toMatchObject({ events: [{ body: { type: 'document.closed' } }] });
  expect(replace(3, 2)).toMatchObject({ events: [{ body: { type: 'document.replaced' } }] });
  expect(replace(3, 1)).toEqual({ events: [] });
});
