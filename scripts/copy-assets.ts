import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from './stack/folders';

/** What browsers load from our own origin and packages bring: no CDN (DESIGN §5). */
const copies = [
  ...['fonts', 'icons', 'translations', 'embed-icons'].map((name) => ({
    package: '@tldraw/assets',
    from: name,
    to: `tldraw/${name}`,
  })),
  { package: 'pdfjs-dist', from: 'build/pdf.worker.min.mjs', to: 'pdfjs/pdf.worker.min.mjs' },
  ...['cmaps', 'standard_fonts', 'wasm', 'iccs'].map((name) => ({
    package: 'pdfjs-dist',
    from: name,
    to: `pdfjs/${name}`,
  })),
];

const target = path.join(root, 'public', 'vendor');

/** Fills public/vendor; does nothing when it already holds these versions. */
export async function copyAssets(): Promise<boolean> {
  const packages = [...new Set(copies.map((copy) => copy.package))];
  const versions = await Promise.all(packages.map(async (name) => `${name}@${await versionOf(name)}`));
  const stampFile = path.join(target, 'versions.txt');
  const stamp = `${versions.join('\n')}\n${copies.map((copy) => copy.to).join('\n')}\n`;
  if ((await readFile(stampFile, 'utf8').catch(() => '')) === stamp) return false;
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  for (const copy of copies) {
    await cp(path.join(folderOf(copy.package), copy.from), path.join(target, copy.to), { recursive: true });
  }
  await writeFile(stampFile, stamp);
  return true;
}

function folderOf(name: string): string {
  return path.join(root, 'node_modules', name);
}

async function versionOf(name: string): Promise<string> {
  const manifest = await readFile(path.join(folderOf(name), 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

if (process.argv[1] === import.meta.filename) {
  if (await copyAssets()) console.log('Copied tldraw and pdf.js assets to public/vendor.');
}
