import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallView } from '@/server/router';
import { type CallAction, NOTHING, show, type Shown } from './call-state';

const call = (more: Partial<CallView> = {}): CallView => ({
  ...{ id: 'one', role: 'callee', state: 'ringing', person: { id: 'p', name: 'Mara' } },
  ...{ course: { id: 'c', title: 'Optics' }, slug: null, ringsUntil: 1000, ...more },
});
const news = (more: Partial<CallView> = {}): CallAction => ({ type: 'news', call: call(more) });
const after = (...actions: CallAction[]): Shown => actions.reduce(show, NOTHING);
const outgoing = { role: 'caller' } as const;

describe('who is called', () => {
  test('is rung in every tab; where it is answered one goes, and the others say so', () => {
    expect(after(news())).toMatchObject({ kind: 'incoming', quiet: false });
    const answered = news({ state: 'answered', slug: 'room' });
    expect(after(news(), { type: 'go', call: call(), slug: 'room' }, answered)).toMatchObject({
      kind: 'going',
      slug: 'room',
    });
    expect(after(news(), answered)).toMatchObject({ kind: 'elsewhere', slug: 'room' });
    expect(after(answered)).toBe(NOTHING);
  });

  test('is rung no more once the caller gave up, somebody else of them said no, or it is over', () => {
    for (const state of ['cancelled', 'declined', 'missed', 'ended'] as const)
      expect(after(news(), news({ state }))).toEqual({ kind: 'nothing', done: 'one' });
    expect(after(news(), { type: 'news', call: null })).toEqual({ kind: 'nothing', done: 'one' });
  });

  test('is not rung again by older news of a call that they declined, but by the next call', () => {
    expect(after(news(), { type: 'close' }, news())).toEqual({ kind: 'nothing', done: 'one' });
    expect(after(news(), { type: 'close' }, news({ id: 'two' }))).toMatchObject({ kind: 'incoming' });
  });

  test('puts it aside, and it stays aside', () => {
    expect(after(news(), { type: 'quiet' }, news())).toMatchObject({ kind: 'incoming', quiet: true });
  });
});

describe('who calls', () => {
  const placed: CallAction = { type: 'placed', call: call(outgoing) };

  test('goes to the room from the tab that called, as soon as there is one', () => {
    expect(after(placed, news(outgoing))).toMatchObject({ kind: 'outgoing', here: true });
    expect(after(placed, news({ ...outgoing, state: 'answered' }))).toMatchObject({ kind: 'outgoing' });
    const answered = news({ ...outgoing, state: 'answered', slug: 'room' });
    expect(after(placed, answered)).toMatchObject({ kind: 'going', slug: 'room' });
    expect(after(news(outgoing), answered)).toMatchObject({ kind: 'elsewhere', slug: 'room' });
  });

  test('is not taken to the room after giving up, however late the answer is', () => {
    const answered = news({ ...outgoing, state: 'answered', slug: 'room' });
    expect(after(placed, { type: 'give-up' }, answered)).toMatchObject({ kind: 'elsewhere', slug: 'room' });
  });

  test('is told what became of it', () => {
    for (const state of ['declined', 'missed', 'busy'] as const)
      expect(after(placed, news({ ...outgoing, state }))).toMatchObject({ kind: 'outcome', what: state });
    expect(after(placed, news({ ...outgoing, state: 'cancelled' }))).toMatchObject({ kind: 'nothing' });
    expect(after(news({ ...outgoing, state: 'declined' }))).toBe(NOTHING);
  });
});

test('nothing goes on ringing after the server knew of no call', () => {
  const states = ['ringing', 'answered', 'declined', 'cancelled', 'missed', 'busy', 'ended'] as const;
  const views = fc.record({
    id: fc.constantFrom('one', 'two'),
    role: fc.constantFrom('caller' as const, 'callee' as const),
    state: fc.constantFrom(...states),
    slug: fc.constantFrom(null, 'room'),
  });
  const actions = fc.oneof(
    views.map((more): CallAction => news(more)),
    fc.constantFrom<CallAction>({ type: 'quiet' }, { type: 'give-up' }, { type: 'close' }),
    fc.constant<CallAction>({ type: 'placed', call: call(outgoing) }),
  );
  fc.assert(
    fc.property(fc.array(actions, { maxLength: 10 }), (list) => {
      const { kind } = after(...list, { type: 'news', call: null });
      expect(['incoming', 'outgoing']).not.toContain(kind);
    }),
  );
});
