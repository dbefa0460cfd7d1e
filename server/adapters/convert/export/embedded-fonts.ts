import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { PDFDocument, PDFFont, PDFRef } from '@cantoo/pdf-lib';
import * as fontkit from 'fontkit';
import type { Face, Fonts } from './text-layout.ts';

const folder = path.join(import.meta.dirname, '../../../../node_modules/@expo-google-fonts/ibm-plex-sans');
/** The board's own face (tldraw's "sans"), in the weights that its texts have: Latin, Cyrillic, Greek, Vietnamese. */
const FILES: Readonly<Record<Face, string>> = {
  medium: '500Medium/IBMPlexSans_500Medium.ttf',
  mediumItalic: '500Medium_Italic/IBMPlexSans_500Medium_Italic.ttf',
  bold: '700Bold/IBMPlexSans_700Bold.ttf',
  boldItalic: '700Bold_Italic/IBMPlexSans_700Bold_Italic.ttf',
};
const FACES = Object.keys(FILES) as Face[];
/** Letters stay letters: what is searched for and copied is what was written. */
const FEATURES = { liga: false, kern: false, calt: false };

export type EmbeddedFonts = Fonts & {
  /** A text in a face: the operand of `Tj`, and the name of the font in the resources. */
  encode(text: string, face: Face): Promise<{ name: string; hex: string }>;
  /** What was used so far, by name. */
  used(): [name: string, ref: PDFRef][];
};

/** Only the letters that were used become part of the document, and of a face that was not used nothing. */
export async function embedFonts(pdf: PDFDocument): Promise<EmbeddedFonts> {
  pdf.registerFontkit(fontkit);
  const files = new Map<Face, { bytes: Buffer; font: fontkit.Font }>();
  for (const face of FACES) {
    const bytes = await readFile(path.join(folder, FILES[face]));
    files.set(face, { bytes, font: fontkit.create(bytes) as fontkit.Font });
  }
  const fileOf = (face: Face) => {
    const file = files.get(face);
    if (!file) throw new Error(`There is no file of the face ${face}`);
    return file;
  };
  const embedded = new Map<Face, PDFFont>();
  const widths = new Map<string, number>();
  const { font: medium } = fileOf('medium');
  return {
    ascent: medium.ascent / medium.unitsPerEm,
    descent: -medium.descent / medium.unitsPerEm,
    widthOf(text, face) {
      const { font } = fileOf(face);
      let width = 0;
      for (const letter of text) {
        const key = face + letter;
        const known = widths.get(key) ?? font.glyphForCodePoint(letter.codePointAt(0) ?? 0).advanceWidth;
        widths.set(key, known);
        width += known;
      }
      return width / font.unitsPerEm;
    },
    async encode(text, face) {
      const font =
        embedded.get(face) ?? (await pdf.embedFont(fileOf(face).bytes, { subset: true, features: FEATURES }));
      embedded.set(face, font);
      return { name: `Lectern-${face}`, hex: font.encodeText(text).toString() };
    },
    used: () => [...embedded].map(([face, font]) => [`Lectern-${face}`, font.ref]),
  };
}
