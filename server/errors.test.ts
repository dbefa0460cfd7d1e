import { expect, it } from 'vitest';
import messages from '@/messages/en.json';
import { AppError, ERROR_CODES } from './errors';

it('every refusal has a sentence', () => {
  const sentences = Object.keys(messages.errors);
  for (const code of Object.keys(ERROR_CODES)) expect(sentences).toContain(code);
});

it('a refusal is known for one across copies of its module', () => {
  const elsewhere = Object.assign(new Error('NOT_FOUND'), { name: 'AppError', code: 'NOT_FOUND' });
  expect(elsewhere).toBeInstanceOf(AppError);
  expect(new Error('NOT_FOUND')).not.toBeInstanceOf(AppError);
});
