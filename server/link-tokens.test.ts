import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isGenuine, linkToken, parseLinkToken } from './link-tokens';

const secret = 'a secret that only tests know, 32+';

function parsed(token: string) {
  const parts = parseLinkToken(token);
  if (!parts) throw new Error(`not a token: ${token}`);
  return parts;
}

describe('a link', () => {
  it('is the same whenever it is shown again, and names its row', () => {
    fc.assert(
      fc.property(
        fc.uuid(),
        fc.constantFrom('lesson', 'personal', 'document', 'course', 'invitation'),
        fc.nat(),
        (id, kind, version) => {
          const token = linkToken(secret, kind, id, version);
          expect(token).toBe(linkToken(secret, kind, id, version));
          expect(parsed(token)).toMatchObject({ kind, id });
          expect(isGenuine(secret, parsed(token), version)).toBe(true);
        },
      ),
    );
  });

  it('is void once its version is raised', () => {
    const token = parsed(linkToken(secret, 'lesson', randomUUID(), 1));
    expect(isGenuine(secret, token, 2)).toBe(false);
  });

  it('opens nothing under another secret, as another kind or for another row', () => {
    const id = randomUUID();
    const token = linkToken(secret, 'lesson', id, 1);
    expect(isGenuine('another secret of thirty-two signs', parsed(token), 1)).toBe(false);
    expect(isGenuine(secret, parsed(token.replace(/^l/, 'p')), 1)).toBe(false);
    const other = linkToken(secret, 'lesson', randomUUID(), 1);
    const mixed = [...other.split('.').slice(0, 2), token.split('.')[2]].join('.');
    expect(isGenuine(secret, parsed(mixed), 1)).toBe(false);
  });

  it('is void with any letter changed', () => {
    const token = linkToken(secret, 'personal', randomUUID(), 3);
    fc.assert(
      fc.property(
        fc.nat(token.length - 1),
        fc.constantFrom('A', 'a', '0', '_', '-', '.', 'l', 'p'),
        (at, letter) => {
          fc.pre(token[at] !== letter);
          const changed = parseLinkToken(token.slice(0, at) + letter + token.slice(at + 1));
          expect(changed !== null && isGenuine(secret, changed, 3)).toBe(false);
        },
      ),
    );
  });

  it.each([
    '',
    'l',
    'l..',
    '__proto__',
    'x.AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    `l.${'A'.repeat(500)}`,
  ])('is not %j', (text) => {
    expect(parseLinkToken(text)).toBeNull();
  });
});
