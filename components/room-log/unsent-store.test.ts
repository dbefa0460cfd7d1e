import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Command } from '@/room/commands';
import { createUnsentStore } from './unsent-store';

const say = (id: string, text: string): Command => ({ id, type: 'chat.send', payload: { text, to: null } });

/** A browser's store that takes so many characters. */
class Small {
  readonly #values = new Map<string, string>();
  constructor(readonly room: number) {}
  getItem = (key: string) => this.#values.get(key) ?? null;
  removeItem = (key: string) => void this.#values.delete(key);
  setItem = (key: string, value: string) => {
    if (value.length > this.room) throw new DOMException('full', 'QuotaExceededError');
    this.#values.set(key, value);
  };
}

let now = 0;
beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('what was not sent is kept once, and for ten minutes', () => {
  vi.stubGlobal('sessionStorage', new Small(10_000));
  const store = createUnsentStore('room', 'me', () => now);
  store.keep([say('a', 'hi')]);
  expect(store.take()).toEqual([say('a', 'hi')]);
  expect(store.take()).toEqual([]);
  store.keep([say('a', 'hi')]);
  now += 11 * 60_000;
  expect(store.take()).toEqual([]);
});

test('of more than the browser keeps, the first is kept, not nothing', () => {
  vi.stubGlobal('sessionStorage', new Small(10_000));
  const store = createUnsentStore('room', 'me', () => now);
  const all = Array.from({ length: 40 }, (_, index) => say(`c${index}`, 'x'.repeat(500)));
  store.keep(all);
  const kept = store.take();
  expect(kept).toEqual(all.slice(0, kept.length));
  expect(kept.length).toBeGreaterThan(10);
});

test('a browser that keeps nothing is no reason to fail', () => {
  vi.stubGlobal('sessionStorage', new Small(0));
  const store = createUnsentStore('room', 'me', () => now);
  store.keep([say('a', 'hi')]);
  expect(store.take()).toEqual([]);
});
