import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { COMPRESSED, ENCODINGS } from '@/server/built-files';
import { root } from './stack/folders';

const compress = {
  br: promisify(brotliCompress),
  gzip: promisify(gzip),
};

/** Puts beside each script and style sheet of the build what is sent of it: compressed once, as well as can be, instead of for everybody who comes. */
const folder = path.join(root, '.next', 'static');
const names = await readdir(folder, { recursive: true });
const files = names.filter((name) => COMPRESSED[path.extname(name)]);
await Promise.all(
  files.map(async (name) => {
    const file = path.join(folder, name);
    const bytes = await readFile(file);
    const options = { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }, level: 9 };
    for (const { coding, extension } of ENCODINGS)
      await writeFile(file + extension, await compress[coding](bytes, options));
  }),
);
console.log(`Compressed ${files.length} scripts and style sheets.`);
