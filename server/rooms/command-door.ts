import { hash } from 'node:crypto';
import { type CommandBody, commandBody, type RefusalCode } from '@/room/commands';
import { MAX_COMMAND_BYTES, MAX_COMMAND_DEPTH } from '@/room/limits';

/** A command that has passed the door: its shape is right, and its hash tells it from another with the same id. `bytes` of its JSON. */
export type ParsedCommand = { id: string; body: CommandBody; hash: string; bytes: number };

export type DoorAnswer = { ok: true; command: ParsedCommand } | { ok: false; code: RefusalCode };

/** Checks one command as it came from a browser (L8). Never throws, whatever it is given. */
export function parseCommand(raw: { id: string; [field: string]: unknown }): DoorAnswer {
  const { id, ...rest } = raw;
  if (!isCleanJson(raw)) return { ok: false, code: 'BAD_INPUT' };
  const text = JSON.stringify(inOrder(rest));
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_COMMAND_BYTES) return { ok: false, code: 'TOO_LARGE' };
  const parsed = commandBody.safeParse(rest);
  if (!parsed.success) return { ok: false, code: 'BAD_INPUT' };
  return { ok: true, command: { id, body: parsed.data, hash: hash('sha256', text), bytes } };
}

/** The same JSON with the fields of every object in one order. What is so already, as nearly all is, is not copied. */
function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map(inOrder);
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  const fields = value as Record<string, unknown>;
  let changed: Record<string, unknown> | null = null;
  let sorted = true;
  let last = '';
  for (const name in fields) {
    if (name < last) sorted = false;
    last = name;
    const field = fields[name];
    if (typeof field !== 'object' || field === null) continue;
    const ordered = inOrder(field);
    if (ordered !== field) (changed ??= { ...fields })[name] = ordered;
  }
  const result = changed ?? fields;
  return sorted
    ? result
    : Object.fromEntries(
        Object.keys(result)
          .toSorted()
          .map((name) => [name, result[name]]),
      );
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
      for (const [key, field] of Object.entries(value)) {
        if (FORBIDDEN_KEYS.has(key) || !isCleanText(key) || !isCleanJson(field, depth - 1)) return false;
      }
      return true;
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
