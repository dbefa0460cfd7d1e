/**
 * Text as it is compared when somebody looks for words: without case, without white space (a line's end is nowhere to be seen in a
 * search), and with ligatures and full-width letters as plain ones. The database folds the same way (server/documents/queries/pages.ts).
 */
export function foldText(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, '');
}
