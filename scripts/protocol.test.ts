import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from './stack/folders';

const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

/** The rules of the room's protocol by their IDs, such as `L1.3`. */
const rules = [...read('room/PROTOCOL.md').matchAll(/^- \*\*([A-Z]\d+(?:\.\d+)?)\*\*/gm)].map(
  ([, id = '']) => id,
);

/** What tests and their groups are called. */
const names = globSync(['{app,components,db,room,scripts,server}/**/*.test.{ts,tsx}', 'e2e/*.e2e.ts'], {
  cwd: root,
})
  .flatMap((file) => [
    ...read(file).matchAll(
      /\b(?:test|it|describe)(?:\.each\([\s\S]*?\n?\s*\]\s*\))?\(\s*(['"`])([\s\S]*?)\1/g,
    ),
  ])
  .map(([, , name = '']) => name);

test('every rule of the protocol has an ID of its own', () => {
  expect(rules.length).toBeGreaterThan(40);
  expect(new Set(rules).size).toBe(rules.length);
});

test('every rule of the protocol has a test with its ID in its name', () => {
  const shown = new Set(names.flatMap((name) => name.match(/\b[A-Z]\d+(?:\.\d+)?\b/g) ?? []));
  expect(rules.filter((id) => !shown.has(id))).toEqual([]);
});

test('no test names a rule that is not there', () => {
  const groups = new Set(rules.flatMap((id) => [id, id.replace(/\.\d+$/, '')]));
  const ids = names.flatMap(
    (name) => name.match(/^[A-Z]\d+(?:\.\d+)?(?:, [A-Z]\d+(?:\.\d+)?)*(?=:)/)?.[0].split(', ') ?? [],
  );
  expect(ids.filter((id) => !groups.has(id))).toEqual([]);
});
