import { DrizzleQueryError } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createLog } from './log';

function logged(error: Error): string {
  const lines: string[] = [];
  const log = createLog({ write: (line) => void lines.push(line) });
  log.level = 'error';
  log.error({ err: error }, 'something failed');
  return lines.join('');
}

test('a token that an error quotes does not reach the log, nor does the one of its cause', () => {
  const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtYXJhIn0.c2lnbmF0dXJl';
  const line = logged(new Error(`invalid token: ${token}`, { cause: new Error(`not yet valid: ${token}`) }));
  expect(line).toContain('invalid token: [token]');
  expect(line).not.toContain('eyJ');
});

test('a failed query is logged with its statement and without what it was asked with', () => {
  const failed = new DrizzleQueryError(
    'insert into users values ($1)',
    ['hash-of-a-password'],
    new Error('gone'),
  );
  const line = logged(failed);
  expect(line).toContain('insert into users');
  expect(line).toContain('gone');
  expect(line).not.toContain('hash-of-a-password');
});
