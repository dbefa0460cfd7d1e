import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { cleanName } from '../clean-name';
import { AppError } from '../errors';

/** More people than anybody teaches at once; a longer list is some other file. */
export const MAX_LINES = 20_000;
const MAX_NAME = 60;
const SHOWN_TEXT = 80;
const MAX_CELL = 2_000;

/** What is wrong with a cell of a list. */
export type LineProblem =
  | 'email'
  /** A part of the address stands in quotes: legal once, taken by hardly any mail server. */
  | 'quoted'
  /** It begins as a formula of a spreadsheet does. */
  | 'formula'
  /** There is no address in the line. */
  | 'noAddress'
  /** The address stands in an earlier line, too. */
  | 'duplicate'
  /** The cell is longer than any name or address. */
  | 'tooLong';

export type InvitationEntry = { line: number; email: string; name: string };
export type InvitationProblem = { line: number; text: string; problem: LineProblem; firstLine?: number };
export type InvitationLines = { entries: InvitationEntry[]; problems: InvitationProblem[] };

const address = z.email().max(254);
/** What a spreadsheet would run: such a beginning is taken off a name, and never part of an address. */
const FORMULA = /^[=+\-@\t\r]+/;
const HEADER =
  /^(e-?mails?|e-?mail[ -]?address(es)?|mails?|address(es)?|names?|first ?name|last ?name|full ?name|vorname|nachname|correo|nombre|пошта|ім.я)$/i;

type Row = { record: string[]; info: { lines: number } };

/**
 * Reads a list of people to invite, pasted or out of a spreadsheet: one or several addresses a line, with commas, semicolons or tabs between
 * them, alone, as `Name <address>`, or in a column beside a name. Nobody is looked up; lines are counted from 1.
 * @throws AppError BAD_INPUT `{field: 'list', reason: 'tooMany' | 'unreadable'}`
 */
export function readInvitationLines(text: string): InvitationLines {
  const found: InvitationLines = { entries: [], problems: [] };
  const firstLines = new Map<string, number>();
  let above = 0;
  for (const [index, { record, info }] of parseRows(text).entries()) {
    // A cell in quotes may go over several lines: the row begins after where the one before ended.
    const line = above + 1;
    above = info.lines;
    const cells = record.map((cell) => cell.trim()).filter((cell) => cell !== '');
    if (cells.length === 0 || (index === 0 && cells.every((cell) => HEADER.test(cell)))) continue;
    readRow(found, firstLines, line, cells);
  }
  return found;
}

function parseRows(text: string): Row[] {
  let rows: Row[];
  try {
    rows = parse(text, {
      bom: true,
      delimiter: [',', ';', '\t'],
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      to: MAX_LINES + 1,
    }) as unknown as Row[];
  } catch (error) {
    // A quote that is never closed, such as in a file that is no list at all.
    throw new AppError('BAD_INPUT', { field: 'list', reason: 'unreadable' }, { cause: error });
  }
  if (rows.length > MAX_LINES) throw new AppError('BAD_INPUT', { field: 'list', reason: 'tooMany' });
  return rows;
}

function readRow(
  { entries, problems }: InvitationLines,
  firstLines: Map<string, number>,
  line: number,
  cells: readonly string[],
): void {
  const refuse = (text: string, problem: LineProblem, firstLine?: number) =>
    problems.push({
      line,
      text: cleanName(text).slice(0, SHOWN_TEXT),
      problem,
      ...(firstLine === undefined ? {} : { firstLine }),
    });
  const withAddress = cells.filter((cell) => cell.includes('@') && !isWords(cell));
  if (withAddress.length === 0) return void refuse(cells.join(', '), 'noAddress');
  // Only beside a single address does a column say whose it is.
  const beside =
    withAddress.length === 1 ? cells.filter((cell) => !withAddress.includes(cell)).join(' ') : '';
  for (const cell of withAddress) {
    const { name, email, problem } = readCell(cell);
    if (problem) {
      refuse(cell, problem);
      continue;
    }
    const firstLine = firstLines.get(email);
    if (firstLine !== undefined) {
      refuse(cell, 'duplicate', firstLine);
      continue;
    }
    firstLines.set(email, line);
    entries.push({ line, email, name: cleanPersonName(name || beside) });
  }
}

/** A formula with an `@` in it is no address that somebody wrote down. */
const isWords = (cell: string) => /^[=@]/.test(cell) && /[(|!]/.test(cell);

function readCell(cell: string): { name: string; email: string; problem: LineProblem | null } {
  if (cell.length > MAX_CELL) return { name: '', email: '', problem: 'tooLong' };
  const bracketed = /^([^<>]*)<([^<>]*)>$/.exec(cell);
  const name = bracketed?.[1]?.trim().replace(/^"(.*)"$/, '$1') ?? '';
  const email = (bracketed?.[2] ?? cell).normalize('NFKC').trim().toLowerCase();
  if (email.includes('"')) return { name, email, problem: 'quoted' };
  if (FORMULA.test(email)) return { name, email, problem: 'formula' };
  return { name, email, problem: address.safeParse(email).success ? null : 'email' };
}

/** A name as it is kept: one line, short, and nothing that a spreadsheet takes for a formula. */
export function cleanPersonName(raw: string): string {
  const name = cleanName(cleanName(raw.slice(0, MAX_CELL)).replace(FORMULA, ''));
  return Array.from(name).slice(0, MAX_NAME).join('').trim();
}
