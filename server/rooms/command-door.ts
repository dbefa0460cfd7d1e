import { createHash } from 'node:crypto';
import { type CommandBody, commandBody, type RefusalCode } from '@/room/commands';
import { MAX_COMMAND_BYTES, MAX_COMMAND_DEPTH } from '@/room/limits';

/** A command that has passed the door: its shape is right, and its hash tells it from another with the same id. */
export type ParsedCommand = { id: string; body: CommandBody; hash: string };

export type DoorAnswer = { ok: true; command: ParsedCommand } | { ok: false; code: RefusalCode };

/** Checks one command as it came from a browser (L8). Never throws, whatever it is given. */
export function parseCommand(raw: { id: string; [field: string]: unknown }): DoorAnswer {
  const { id, ...rest } = raw;
  if (!isCleanJson(raw)) return { ok: false, code: 'BAD_INPUT' };
  if (Buffer.byteLength(JSON.stringify(rest)) > MAX_COMMAND_BYTES) return { ok: false, code: 'TOO_LARGE' };
  const parsed = commandBody.safeParse(rest);
  if (!parsed.success) return { ok: false, code: 'BAD_INPUT' };
  return { ok: true, command: { id, body: parsed.data, hash: hashOf(parsed.data) } };
}

/** SHA-256 (hex) of a command's type and payload, whatever the order of its fields. */
export function hashOf(body: CommandBody): string {
  return createHash('sha256').update(canonical(body)).digest('hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(',')}}`;
}

const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Whether JSON holds nothing that harms further in: keys that reach for prototypes, numbers that overflowed (`1e999`),
 * text that Postgres' jsonb does not take (NUL, half a surrogate pair), nesting without end.
 */
export function isCleanJson(value: unknown, depth = MAX_COMMAND_DEPTH): boolean {
  switch (typeof value) {
    case 'string':
      return isCleanText(value);
    case 'number':
      return Number.isFinite(value);
    case 'object': {
      if (value === null) return true;
      if (depth === 0) return false;
      if (Array.isArray(value)) return value.every((item) => isCleanJson(item, depth - 1));
      return Object.entries(value).every(
        ([key, field]) => !FORBIDDEN_KEYS.has(key) && isCleanText(key) && isCleanJson(field, depth - 1),
      );
    }
    case 'boolean':
      return true;
    default:
      return false;
  }
}

function isCleanText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\u0000');
}
