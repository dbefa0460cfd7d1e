import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { SHARED_WORDS } from '@/components/ui/words';

/** A page sends a browser the words that it names, beside those of every page: here the files are read for what they use. */
const root = path.join(import.meta.dirname, '..');
const EVERYWHERE = ['app/layout.tsx', 'app/error.tsx', 'components/site/page-frame.tsx'];
const routes = [
  ...new Set(globSync('app/**/{page,not-found}.tsx', { cwd: root }).map((file) => path.dirname(file))),
].filter((route) => route !== 'app');

describe('the words that a browser is sent', () => {
  test('with every page are those of what stands on each', () => {
    expect(partsOf(usedBy(...EVERYWHERE, 'app/page.tsx', 'app/not-found.tsx'))).toEqual(SHARED_WORDS);
  });

  test.each(routes)('on pages of %s', (route) => {
    const files = ['page.tsx', 'not-found.tsx'].map((name) => path.join(route, name));
    const above = [...SHARED_WORDS, ...namedAbove(route)];
    const used = partsOf(usedBy(...files.filter(exists))).filter((part) => !isGiven(part, above));
    expect(namedIn(route).join(' ')).toBe(used.join(' '));
  });
});

/** What a route's layout names. */
function namedIn(route: string): string[] {
  const layout = path.join(route, 'layout.tsx');
  const [, list = ''] = /<Words\s+of=\{\[([^\]]*)\]\}/.exec(exists(layout) ? read(layout) : '') ?? [];
  return [...list.matchAll(/'([^']+)'/g)].map(([, part = '']) => part);
}

function namedAbove(route: string): string[] {
  const above = path.dirname(route);
  return above === '.' ? [] : [...namedAbove(above), ...namedIn(above)];
}

const exists = (file: string) => existsSync(path.join(root, file));
const isGiven = (part: string, given: readonly string[]) =>
  given.some((one) => `${part}.`.startsWith(`${one}.`));

function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

/** One part for what is used of it here and there: itself, or where only one part of it is used, that. */
function partsOf(names: ReadonlySet<string>): string[] {
  const parts = new Map<string, Set<string>>();
  for (const name of names) {
    const [first = '', second = ''] = name.split('.');
    parts.set(first, (parts.get(first) ?? new Set()).add(second));
  }
  return [...parts]
    .map(([first, seconds]) =>
      seconds.size > 1 || seconds.has('') ? first : `${first}.${[...seconds].join()}`,
    )
    .toSorted();
}

/** The names in `useTranslations('…')` of everything that the files lead to and that runs in a browser. */
function usedBy(...files: string[]): Set<string> {
  const names = new Set<string>();
  const seen = new Set<string>();
  const visit = (file: string, comesThere: boolean) => {
    const text = read(file);
    const runsThere = comesThere || text.startsWith("'use client'");
    if (seen.has(`${file} ${runsThere}`)) return;
    seen.add(`${file} ${runsThere}`);
    if (runsThere) {
      for (const [call, name] of text.matchAll(/useTranslations\((?:'([^']+)')?/g)) {
        if (name === undefined) throw new Error(`${file}: it cannot be read which words ${call}…) takes`);
        names.add(name);
      }
    }
    for (const [statement, whence = ''] of text.matchAll(IMPORTS)) {
      const found = /^(?:import|export) type /.test(statement) ? null : fileOf(file, whence);
      if (found) visit(found, runsThere);
    }
  };
  for (const file of files) visit(file, false);
  return names;
}

const IMPORTS = /(?:^(?:import|export) [^;]*?from |import\()'([^']+)'/gm;

/** A file of ours; null: a package, or the server's. */
function fileOf(from: string, whence: string): string | null {
  if (!/^(?:@|\.\.?)\//.test(whence)) return null;
  const base = whence.startsWith('@/') ? whence.slice(2) : path.join(path.dirname(from), whence);
  if (base.startsWith('server/')) return null;
  const ends = ['.tsx', '.ts', '/index.ts', ''];
  const end = ends.find((one) => /\.tsx?$/.test(base + one) && existsSync(path.join(root, base + one)));
  return end === undefined ? null : base + end;
}
