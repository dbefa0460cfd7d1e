/** Faces on a phone are fewer: they stay large enough to read a face. */
const PER_PAGE = { wide: 12, narrow: 6 } as const;
const NARROW_PX = 640;
const GAP_PX = 8;
const ASPECT = 16 / 9;
/** Tiles may be cut at the sides to fill the place: a face is in the middle. */
const MIN_ASPECT = 4 / 3;

export type FaceGrid = {
  columns: number;
  rows: number;
  tileWidth: number;
  tileHeight: number;
  perPage: number;
};

/** The grid that makes tiles largest, for faces that have the whole stage. Sizes in CSS pixels. */
export function faceGrid(count: number, width: number, height: number): FaceGrid {
  const perPage = width < NARROW_PX ? PER_PAGE.narrow : PER_PAGE.wide;
  const shown = Math.max(1, Math.min(count, perPage));
  let best: FaceGrid | null = null;
  for (let columns = 1; columns <= shown; columns++) {
    const rows = Math.ceil(shown / columns);
    const cellWidth = Math.max(1, (width - GAP_PX * (columns - 1)) / columns);
    const cellHeight = Math.max(1, (height - GAP_PX * (rows - 1)) / rows);
    const tileWidth = Math.floor(Math.min(cellWidth, cellHeight * ASPECT));
    const tileHeight = Math.floor(
      Math.min(cellHeight, tileWidth / MIN_ASPECT, Math.max(tileWidth / ASPECT, cellHeight)),
    );
    const grid = { columns, rows, tileWidth, tileHeight, perPage };
    if (!best || tileWidth * tileHeight > best.tileWidth * best.tileHeight) best = grid;
  }
  return best ?? { columns: 1, rows: 1, tileWidth: width, tileHeight: height, perPage };
}

/** How many faces a column (or a strip, with the sides swapped) holds; always at least one. */
export function facesThatFit(length: number, tileLength: number): number {
  return Math.max(1, Math.floor((length + GAP_PX) / (tileLength + GAP_PX)));
}

/** Tiles on either side of those that are seen: they are there before they are swept to. */
const STRIP_SPARE = 2;

/**
 * Which tiles of a strip are there, `first` to before `end`, and where they are; with a gap before the first and after the last. All in
 * CSS pixels along the strip.
 * @param scrolled  how far it was swept
 * @param seen  how much of it is seen at once
 */
export function stripOf(count: number, tile: number, scrolled: number, seen: number) {
  const step = tile + GAP_PX;
  const end = Math.min(count, Math.ceil((scrolled + seen) / step) + STRIP_SPARE);
  return {
    length: count * step + GAP_PX,
    first: Math.max(0, Math.min(Math.floor(scrolled / step) - STRIP_SPARE, end)),
    end,
    startOf: (index: number) => GAP_PX + index * step,
  };
}

/** One page of a list. A page that is not there any more becomes the last one. */
export function pageOf<T>(items: readonly T[], page: number, perPage: number) {
  const pages = Math.max(1, Math.ceil(items.length / perPage));
  const at = Math.min(Math.max(0, page), pages - 1);
  return { items: items.slice(at * perPage, (at + 1) * perPage), page: at, pages };
}
