import { measureConvert } from './convert';
import { measureExport } from './export';
import { measureUpload } from './upload-figures';
import { measureShow } from './show';
import type { Section } from '../run-sections';

/** In the order in which they run. */
export const sections: Record<string, Section> = {
  upload: measureUpload,
  show: measureShow,
  convert: measureConvert,
  export: measureExport,
};
