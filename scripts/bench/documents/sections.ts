import { measureConvert } from './convert';
import { measureExport } from './export';
import { measureUpload } from './upload-figures';
import { measureShow } from './show';
import type { Stack } from '../../stack/stack';

/** Measures one part of the product on the running stack, and gives the keys that it adds to the line. */
export type Section = (stack: Stack) => Promise<Record<string, number>>;

/** In the order in which they run. */
export const sections: Record<string, Section> = {
  upload: measureUpload,
  show: measureShow,
  convert: measureConvert,
  export: measureExport,
};
