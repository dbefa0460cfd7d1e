import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseAll, chooseOnly, NOTHING, prune, type Selection, spanTo, step, toggle } from './selection';

const order = ['a', 'b', 'c', 'd', 'e'];
const chosen = ({ chosen }: Selection) => [...chosen].sort();

describe('choosing in a list', () => {
  it('one item, another beside it, and not the first any more', () => {
    const one = chooseOnly('b');
    const two = toggle(one, 'd');
    expect(chosen(two)).toEqual(['b', 'd']);
    expect(chosen(toggle(two, 'b'))).toEqual(['d']);
  });

  it('a range in either direction, from where it began', () => {
    const down = spanTo(chooseOnly('b'), 'd', order);
    expect(chosen(down)).toEqual(['b', 'c', 'd']);
    expect(chosen(spanTo(down, 'a', order))).toEqual(['a', 'b']);
    expect(chosen(spanTo(NOTHING, 'c', order))).toEqual(['c']);
  });

  it('by keyboard within the list', () => {
    expect(step(NOTHING, 1, order).at).toBe('a');
    expect(step(chooseOnly('e'), 1, order).at).toBe('e');
    expect(step(chooseOnly('a'), -1, order).at).toBe('a');
    expect(step(NOTHING, 1, []).at).toBeNull();
  });

  it('goes on in the place of what is gone', () => {
    const rest = ['a', 'd', 'e'];
    const after = prune(spanTo(chooseOnly('b'), 'c', order), order, rest);
    expect(chosen(after)).toEqual([]);
    expect(after.at).toBe('e');
  });

  it('never holds what is not in the list', () => {
    const key = fc.constantFrom(...order);
    const steps = fc.array(
      fc.oneof(
        key.map((k) => () => chooseOnly(k)),
        key.map((k) => (s: Selection) => toggle(s, k)),
        key.map((k) => (s: Selection) => spanTo(s, k, order)),
        fc.integer({ min: -9, max: 9 }).map((by) => (s: Selection) => step(s, by, order)),
        fc.constant((s: Selection) => chooseAll(s, order)),
      ),
    );
    fc.assert(
      fc.property(steps, fc.subarray(order), (moves, rest) => {
        const now = prune(
          moves.reduce((s: Selection, move) => move(s), NOTHING),
          order,
          rest,
        );
        expect(rest).toEqual(expect.arrayContaining([...now.chosen]));
        if (now.at !== null) expect(rest).toContain(now.at);
      }),
    );
  });
});
