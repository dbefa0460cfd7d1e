import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pino from 'pino';
import sharp from 'sharp';
import { describe, expect, test, vi } from 'vitest';
import { slowSpreadsheet, linkedPicture, makeDocx, makeOdf, odtWithMacro } from '@/e2e/fixtures/office';
import { processesBelow } from '../../worker-fixture';
import { findLibreOffice } from './libreoffice';
import { makeGround } from './ground-fixture';
import type { OfficeFormat } from './port';
import type { Launchers } from '../sandbox/sandbox';
import { type OfficeSettings, sandboxedConverter } from './sandboxed';

/** As on a machine that lets no process be shut in: LibreOffice's own settings are all that holds. */
const NO_SANDBOX: Launchers = { bubblewrap: false, unshare: false, prlimit: true, setpriv: true };

// Other tests run beside these, and each conversion is a whole LibreOffice.
vi.setConfig({ testTimeout: 90_000 });

const ground = makeGround('lectern-office-');

let files = 0;
async function convert(
  format: OfficeFormat,
  bytes: Uint8Array | string,
  settings: Partial<OfficeSettings> = {},
) {
  const file = path.join(ground.folder, `file-${(files += 1)}`);
  const pdf = `${file}.pdf`;
  await writeFile(file, bytes);
  const converter = sandboxedConverter(path.join(ground.folder, 'work'), pino({ level: 'silent' }), {
    program: findLibreOffice(),
    ...settings,
  });
  const failure = await converter.toPdf(
    file,
    format,
    (made) => copyFile(made, pdf),
    new AbortController().signal,
  );
  // Whatever happens, nothing is left, and the file is as it was.
  expect(await readdir(path.join(ground.folder, 'work'))).toEqual([]);
  expect(readFileSync(file).equals(Buffer.from(bytes))).toBe(true);
  return { failure, pdf };
}

const textOf = (pdf: string) => execFileSync('pdftotext', ['-layout', pdf, '-']).toString();
const picturesIn = (pdf: string) =>
  execFileSync('pdfimages', ['-list', pdf]).toString().split('\n').length - 3;

describe('every kind of document becomes a PDF that holds its words', () => {
  const odf = (kind: 'text' | 'spreadsheet' | 'presentation') => makeOdf({ kind, body: BODIES[kind] });
  const BODIES = {
    text: '<text:p>Grüße</text:p>',
    spreadsheet:
      '<table:table table:name="t"><table:table-row><table:table-cell office:value-type="string"><text:p>Grüße</text:p></table:table-cell></table:table-row></table:table>',
    presentation:
      '<draw:page draw:name="p"><draw:frame svg:width="10cm" svg:height="3cm" svg:x="1cm" svg:y="1cm"><draw:text-box><text:p>Grüße</text:p></draw:text-box></draw:frame></draw:page>',
  };
  test.each<[OfficeFormat, () => Promise<Uint8Array | string>]>([
    ['docx', () => makeDocx({ words: 'Grüße' })],
    ['odt', () => odf('text')],
    ['ods', () => odf('spreadsheet')],
    ['odp', () => odf('presentation')],
    ['rtf', async () => '{\\rtf1\\ansi Gr\\u252?\\u223?e}'],
    ['txt', async () => Buffer.from('Grüße\n', 'latin1')],
    ['md', async () => '# Grüße\n\n![a picture](http://elsewhere.example/a.png)'],
    ['html', async () => '<h1>Grüße</h1><script>document.write("ran")</script>'],
  ])('%s', async (format, make) => {
    const { failure, pdf } = await convert(format, await make());
    expect(failure).toBeNull();
    expect(textOf(pdf)).toContain('Grüße');
    expect(textOf(pdf)).not.toContain('ran');
  });

  test('csv: by the separator that it has, and its formulas stay text', async () => {
    const { pdf } = await convert('csv', `Name;Wert\nÄpfel;=1+1\nx;=WEBSERVICE("${ground.address}/csv")\n`);
    const text = textOf(pdf);
    expect(text).toMatch(/Name\s+Wert/);
    expect(text).toContain('=1+1');
    expect(text).toContain('=WEBSERVICE');
    expect(ground.asked).toEqual([]);
  });
});

describe('what a document points to is never read, with a sandbox and without', () => {
  test.each([
    ['in a sandbox', undefined],
    ['by settings alone', NO_SANDBOX],
  ])('%s', async (_how, launchers) => {
    const canary = path.join(ground.folder, 'canary');
    const red = { create: { width: 50, height: 50, channels: 3, background: 'red' } } as const;
    await writeFile(`${canary}.png`, await sharp(red).png().toBuffer());
    await writeFile(`${canary}.txt`, 'CANARY');
    const pictures = (...targets: string[]) =>
      makeDocx({
        body: targets.map((_, index) => linkedPicture(`rId${index + 1}`)).join(''),
        relations: targets.map((target, index) => ({
          ...{ id: `rId${index + 1}`, type: 'image', target },
          external: true,
        })),
      });
    const docx = await convert(
      'docx',
      await pictures(`${ground.address}/picture.png`, `file://${canary}.png`),
      {
        launchers,
      },
    );
    expect(docx.failure).toBeNull();
    expect(picturesIn(docx.pdf)).toBe(0);

    const section = (href: string) =>
      `<text:section text:name="${href}"><text:section-source xlink:href="${href}"/><text:p>old</text:p></text:section>`;
    const frame = `<text:p><draw:frame svg:width="3cm" svg:height="3cm"><draw:image xlink:href="${ground.address}/odt.png" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>`;
    const body = ['/etc/passwd', `${canary}.txt`].map((file) => section(`file://${file}`)).join('');
    const odt = await convert('odt', await makeOdf({ kind: 'text', body: body + frame }), { launchers });
    expect(textOf(odt.pdf)).not.toMatch(/CANARY|root:/);

    const formulas = [
      `COM.MICROSOFT.WEBSERVICE("${ground.address}/formula")`,
      `'file://${canary}.txt'#$Sheet1.A1`,
    ].map(
      (formula) =>
        `<table:table-cell table:formula="of:=${formula.replaceAll('"', '&quot;')}" office:value-type="string"><text:p>old</text:p></table:table-cell>`,
    );
    const table = `<table:table table:name="t"><table:table-row>${formulas.join('')}</table:table-row></table:table>`;
    const ods = await convert('ods', await makeOdf({ kind: 'spreadsheet', body: table }), { launchers });
    expect(textOf(ods.pdf)).not.toContain('CANARY');
    expect(ground.asked).toEqual([]);
  });

  test('a macro that runs when the document is opened does not run', async () => {
    const ran = path.join(ground.folder, 'ran');
    const { failure } = await convert('odt', await odtWithMacro(ran), { launchers: NO_SANDBOX });
    const vba = { 'word/vbaProject.bin': Buffer.from('not looked at') };
    const mainType = 'application/vnd.ms-word.document.macroEnabled.main+xml';
    const word = await convert('docx', await makeDocx({ words: 'Macro', more: vba, mainType }));
    expect([failure, word.failure]).toEqual([null, null]);
    expect(existsSync(ran)).toBe(false);
  });
});

describe('what cannot be converted ends within its limits', () => {
  test.each([
    ['in a sandbox', undefined],
    ['without', NO_SANDBOX],
  ])('a document that takes for ever is killed with all its processes, %s', async (_how, launchers) => {
    const { failure } = await convert('ods', await slowSpreadsheet(), { timeoutMs: 4_000, launchers });
    expect(failure).toBe('FILE_TOO_SLOW');
    expect(processesBelow(ground.folder)).toEqual([]);
  });

  test('half a document is damaged', async () => {
    const half = await makeDocx({ words: 'word '.repeat(100_000) });
    expect((await convert('docx', half.subarray(0, half.length / 2))).failure).toBe('FILE_DAMAGED');
  });

  test('where LibreOffice is not installed, that is said', async () => {
    expect((await convert('docx', await makeDocx(), { program: null })).failure).toBe('CONVERTER_MISSING');
  });
});
