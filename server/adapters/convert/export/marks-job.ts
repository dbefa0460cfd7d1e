/** One page of an export: its size on the board, and what was drawn on it, layer by layer, lowest first. */
export type MarkedPage = {
  /** From 1. */
  page: number;
  /** As the board measures it; null: as the file says (board units are PDF points then). */
  size: { width: number; height: number } | null;
  layers: readonly { name: string; records: readonly MarkRecord[] }[];
};

/** A record of the board as the log has it: checked when it was written (L8). */
export type MarkRecord = {
  readonly id: string;
  readonly typeName: string;
  readonly [field: string]: unknown;
};

/** What the process is told, as `job.json` beside the file. */
export type MarksJob = {
  /** What `input` is. `blank`: there is none, and the paper is as large as the only page says. */
  base: 'pdf' | 'picture' | 'blank';
  pages: readonly MarkedPage[];
  /** Also draws this page, as a picture so many pixels wide. */
  picture: { page: number; width: number } | null;
};

export type MarksFailure = 'FILE_LOCKED' | 'FILE_DAMAGED';

/**
 * What it leaves as `result.json`. `appended`: `output` is to be put behind the bytes of the file itself, which stays as it is;
 * otherwise `output` is the whole PDF, or with `picture` the PNG.
 */
export type MarksResult = { ok: true; appended: boolean } | { ok: false; failure: MarksFailure };
