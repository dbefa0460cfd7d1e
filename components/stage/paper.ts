import type { Size } from './page-geometry';

/** A blank board's paper, 16:10, in page units: about as large to the pen as a page of a document. */
export const PAPER: Size = { width: 1280, height: 800 };
