import { describe, expect, it, vi } from 'vitest';
import { UploadRefused } from './upload-file';
import type { Remembered, UploadMemory } from './upload-memory';
import { UploadStore, type UploadWorld } from './upload-store';

const TOP = { folderId: null, replaces: null, roomId: null };
const fileOf = (name: string, text = 'some bytes') => new File([text], name, { lastModified: 1 });

type Sending = Parameters<UploadWorld['send']>[1] & {
  name: string;
  done: (documentId: string) => void;
  fail: (code: string) => void;
};

/** A world without network and browser, in which a test decides what becomes of each file. */
function makeWorld(remembered: Remembered[] = []) {
  const sendings: Sending[] = [];
  const kept = new Map(remembered.map((record) => [record.id, record]));
  const withdrawn: string[] = [];
  const arrived: string[] = [];
  const memory: UploadMemory = {
    keep: async (record) => void kept.set(record.id, record),
    change: async (id, change) => {
      const record = kept.get(id);
      if (record) kept.set(id, { ...record, ...change });
    },
    forget: async (id) => void kept.delete(id),
    list: async () => [...kept.values()],
  };
  const world: UploadWorld = {
    send: (file, options) =>
      new Promise((resolve, reject) => {
        options.signal.addEventListener('abort', () => reject(options.signal.reason));
        const fail = (code: string) => reject(new UploadRefused(code));
        sendings.push({ ...options, name: file.name, done: resolve, fail });
      }),
    fingerprintOf: async (file, { folderId }) => `${file.name}/${folderId}/${await file.text()}`,
    memory,
    userId: async () => 'mara',
    inOneTab: (_fingerprint, _options, work) => work(),
    sentInSomeTab: async () => new Set(),
    withdraw: async (fingerprint) => void withdrawn.push(fingerprint),
    onDone: (documentId) => arrived.push(documentId),
  };
  const store = new UploadStore(world);
  /** What is being sent now, by name. */
  const sent = async (name: string) =>
    vi.waitFor(() => {
      const sending = sendings.findLast((one) => one.name === name && !one.signal.aborted);
      if (!sending) throw new Error(`${name} is not being sent`);
      return sending;
    });
  const states = () => Object.fromEntries(store.get().map(({ name, state }) => [name, state]));
  const idOf = (name: string) => store.get().find((one) => one.name === name)?.id ?? '';
  return { world, store, sendings, kept, withdrawn, arrived, sent, states, idOf };
}

describe('uploads', () => {
  it('go two at a time, in the order in which they came', async () => {
    const { store, sendings, sent, states } = makeWorld();
    store.add(
      ['a', 'b', 'c', 'd'].map((name) => fileOf(name)),
      TOP,
    );
    const first = await sent('a');
    await sent('b');
    expect(sendings.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(states()).toEqual({ a: 'sending', b: 'sending', c: 'waiting', d: 'waiting' });
    first.done('doc-a');
    await sent('c');
    expect(states()).toMatchObject({ a: 'done', c: 'sending', d: 'waiting' });
  });

  it('tell how far they are, and that the server looks at what is all there', async () => {
    const { store, sent } = makeWorld();
    store.add([fileOf('a', '0123456789')], TOP);
    const sending = await sent('a');
    sending.onProgress(4);
    expect(store.get()).toMatchObject([{ state: 'sending', sent: 4 }]);
    sending.onProgress(10);
    expect(store.get()).toMatchObject([{ state: 'checking' }]);
  });

  it('pause, let the next one go, and go on where they were', async () => {
    const { store, sent, idOf, kept } = makeWorld();
    store.add(
      ['a', 'b', 'c'].map((name) => fileOf(name)),
      TOP,
    );
    (await sent('a')).onProgress(4);
    store.pause(idOf('a'));
    await sent('c');
    expect(store.get()[0]).toMatchObject({ state: 'paused', sent: 4 });
    await vi.waitFor(() => expect(kept.get(idOf('a'))?.paused).toBe(true));
    (await sent('b')).done('doc-b');
    store.resume(idOf('a'));
    const again = await sent('a');
    expect(store.get()[0]).toMatchObject({ state: 'sending', sent: 4 });
    again.done('doc-a');
    await vi.waitFor(() => expect(kept.has(idOf('a'))).toBe(false));
  });

  it('given up are taken back at the server, and forgotten', async () => {
    const { store, sent, idOf, kept, withdrawn } = makeWorld();
    store.add([fileOf('a', 'x')], TOP);
    const { signal } = await sent('a');
    await vi.waitFor(() => expect(kept.size).toBe(1));
    store.dismiss(idOf('a'));
    expect(signal.aborted).toBe(true);
    expect(store.get()).toEqual([]);
    await vi.waitFor(() => expect(withdrawn).toEqual(['a/null/x']));
    expect(kept.size).toBe(0);
  });

  it('of ten thousand files go two at a time; those whose turn has not come are given up without a trace', async () => {
    const { store, sendings, kept, withdrawn, sent, states } = makeWorld();
    store.add(
      Array.from({ length: 10_000 }, (_, index) => fileOf(`file ${index}`)),
      TOP,
    );
    const first = await sent('file 0');
    await sent('file 1');
    expect(sendings).toHaveLength(2);
    const later = store.get().slice(50);
    store.dismissAll(later.map(({ id }) => id));
    expect(store.get()).toHaveLength(50);
    first.done('doc');
    await sent('file 2');
    expect(states()).toMatchObject({ 'file 0': 'done', 'file 1': 'sending', 'file 49': 'waiting' });
    expect([kept.size <= 3, withdrawn]).toEqual([true, []]);
  });

  it('that are refused say why; what may pass is tried again and what may not is forgotten', async () => {
    const { store, sent, kept } = makeWorld();
    store.add([fileOf('bad'), fileOf('full')], TOP);
    const bad = await sent('bad');
    await vi.waitFor(() => expect(kept.size).toBe(2));
    bad.fail('FILE_DAMAGED');
    (await sent('full')).fail('QUOTA_REACHED');
    await vi.waitFor(() => expect(store.get()).toMatchObject([{ again: false }, { again: true }]));
    await vi.waitFor(() => expect([...kept.values()].map(({ name }) => name)).toEqual(['full']));
    store.resume(store.get()[1]?.id ?? '');
    (await sent('full')).done('doc');
    await vi.waitFor(() => expect(kept.size).toBe(0));
  });

  it('of which nothing can be taken say so at once, and wait for nobody', async () => {
    const { store, sent, kept } = makeWorld();
    const large = Object.defineProperty(fileOf('large'), 'size', { value: 500 * 1024 * 1024 + 1 });
    store.add([fileOf('a'), fileOf('b'), large, fileOf('empty', '')], TOP);
    expect(store.get().slice(2)).toMatchObject([
      { state: 'refused', code: 'FILE_TOO_LARGE', again: false },
      { state: 'refused', code: 'FILE_EMPTY', again: false },
    ]);
    await sent('b');
    await vi.waitFor(() => expect([...kept.values()].map(({ name }) => name)).toEqual(['a', 'b']));
  });

  it('whose line broke go on by themselves once it is back', async () => {
    const { store, sent, states } = makeWorld();
    store.add([fileOf('a')], TOP);
    (await sent('a')).fail('OFFLINE');
    await vi.waitFor(() => expect(states()).toEqual({ a: 'offline' }));
    store.online();
    (await sent('a')).done('doc');
    await vi.waitFor(() => expect(states()).toEqual({ a: 'done' }));
  });

  it('of a file that another tab is sending wait for it', async () => {
    const { world, store, states, arrived } = makeWorld();
    let finish = (_documentId: string) => {};
    world.inOneTab = (_fingerprint, { onElsewhere }) => {
      onElsewhere();
      return new Promise((resolve) => (finish = resolve));
    };
    store.add([fileOf('a')], TOP);
    await vi.waitFor(() => expect(states()).toEqual({ a: 'elsewhere' }));
    finish('doc-of-the-other-tab');
    await vi.waitFor(() => expect(arrived).toEqual(['doc-of-the-other-tab']));
  });
});

describe('after a reload', () => {
  const left = (name: string, more: Partial<Remembered> = {}): Remembered => ({
    id: `id-${name}`,
    userId: 'mara',
    fingerprint: `${name}/null/${name}`,
    name,
    bytes: name.length,
    lastModified: 1,
    target: TOP,
    paused: false,
    file: fileOf(name, name),
    addedAt: 1,
    ...more,
  });

  it('uploads go on, paused ones stay so, and those of somebody else or of another tab are left alone', async () => {
    const { world, store, sent, states } = makeWorld([
      left('mine'),
      left('paused', { paused: true }),
      left('theirs', { userId: 'sam' }),
      left('elsewhere'),
    ]);
    world.sentInSomeTab = async () => new Set(['elsewhere/null/elsewhere']);
    await store.restore();
    await sent('mine');
    expect(states()).toEqual({ mine: 'sending', paused: 'paused' });
  });

  it('a file that the browser did not keep is asked for, and only the very same is taken', async () => {
    const { store, sent, states, idOf } = makeWorld([left('lost', { file: null })]);
    await store.restore();
    expect(states()).toEqual({ lost: 'needsFile' });
    expect(await store.giveFile(idOf('lost'), fileOf('lost', 'changed since'))).toBe(false);
    expect(states()).toEqual({ lost: 'needsFile' });
    expect(await store.giveFile(idOf('lost'), fileOf('lost', 'lost'))).toBe(true);
    (await sent('lost')).done('doc');
    await vi.waitFor(() => expect(states()).toEqual({ lost: 'done' }));
  });
});
