/**
 * The process that prepares a text for LibreOffice, in a folder that holds `input`: `node text-process.ts txt | md | html | csv`. Leaves
 * `document.<txt, html or csv>` in UTF-8, and then `text.json`.
 */
import { readFile, writeFile } from 'node:fs/promises';
import MarkdownIt from 'markdown-it';
import sanitizeHtml from 'sanitize-html';
import { decodeText } from './decode-text.ts';

const format = process.argv[2];
const text = decodeText(await readFile('input'));
let separator = ',';
if (format === 'md') await writePage(new MarkdownIt({ html: true, linkify: false }).render(text));
if (format === 'html') await writePage(text);
if (format === 'txt') await writeFile('document.txt', text);
if (format === 'csv') {
  separator = findSeparator(text);
  await writeFile('document.csv', text);
}
await writeFile('text.json', JSON.stringify({ separator }));

/** What is in the first line most often; spreadsheets write commas, semicolons or tabs by the country that they are in. */
function findSeparator(text: string): string {
  const line = text.slice(0, 10_000).split(/\r?\n/, 1)[0] ?? '';
  const count = (one: string) => line.split(one).length;
  return [',', ';', '\t', '|'].reduce((best, one) => (count(one) > count(best) ? one : best));
}

/** Nothing stays that could run or be fetched: of pictures only those that the page itself holds. */
async function writePage(html: string): Promise<void> {
  const body = sanitizeHtml(html, {
    allowedTags: [...sanitizeHtml.defaults.allowedTags, 'img', 'del', 'ins', 'center', 'font'],
    allowedAttributes: {
      a: ['href'],
      img: ['src', 'alt', 'width', 'height'],
      ol: ['start', 'type'],
      font: ['color', 'size'],
      td: ['colspan', 'rowspan', 'align'],
      th: ['colspan', 'rowspan', 'align'],
      '*': ['style', 'align', 'dir', 'lang'],
    },
    allowedStyles: {
      '*': {
        color: [/^#[0-9a-f]{3,6}$/i, /^[a-z]+$/i, /^rgb\([\d, ]+\)$/i],
        'background-color': [/^#[0-9a-f]{3,6}$/i, /^[a-z]+$/i, /^rgb\([\d, ]+\)$/i],
        'text-align': [/^(left|right|center|justify)$/],
        'font-weight': [/^(bold|normal|\d{3})$/],
        'font-style': [/^(italic|normal)$/],
        'text-decoration': [/^[a-z -]+$/],
      },
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['data'] },
    allowProtocolRelative: false,
    // A picture elsewhere leaves its description.
    transformTags: {
      img: (tagName, attributes) =>
        attributes.src?.startsWith('data:image/')
          ? { tagName, attribs: attributes }
          : { tagName: 'span', attribs: {}, text: attributes.alt ?? '' },
    },
  });
  await writeFile(
    'document.html',
    `<!doctype html><html><head><meta charset="utf-8"></head><body style="font-family: Liberation Sans">${body}</body></html>`,
  );
}
