import { foldText } from '@/room/fold-text';

/** Where each character of the folded text stands. */
type Place = { node: Text; offset: number };

/** The ranges of an element's text that read like some words once both are folded; none for words of which nothing is left. */
export function findRanges(element: HTMLElement, words: string): Range[] {
  const wanted = foldText(words);
  if (!wanted) return [];
  const { folded, places } = foldNodes(element);
  const ranges: Range[] = [];
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + wanted.length)) {
    const [first, last] = [places[at], places[at + wanted.length - 1]];
    if (!first || !last) break;
    const range = document.createRange();
    range.setStart(first.node, first.offset);
    range.setEnd(last.node, last.offset + 1);
    ranges.push(range);
  }
  return ranges;
}

function foldNodes(element: HTMLElement): { folded: string; places: Place[] } {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let folded = '';
  const places: Place[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node as Text;
    for (let offset = 0; offset < text.data.length; offset++) {
      const character = foldText(text.data.charAt(offset));
      folded += character;
      for (let part = 0; part < character.length; part++) places.push({ node: text, offset });
    }
  }
  return { folded, places };
}
