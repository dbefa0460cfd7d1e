import { getLocale } from 'next-intl/server';

/** Languages that are taught and taught in most; a course may have any other that its owner's tag names. */
const TAGS =
  'ar bg bn ca cs da de el en eo es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka kk ko la lt lv mk ms nb nl pl pt ro ru sk sl sq sr sv sw ta th tr uk ur vi zh'.split(
    ' ',
  );

/** Languages to choose from, by their names in the reader's language; the one that is set is among them. */
export async function languagesFor(current: string): Promise<{ tag: string; name: string }[]> {
  const locale = await getLocale();
  const names = new Intl.DisplayNames(locale, { type: 'language' });
  return [...new Set([...TAGS, current])]
    .map((tag) => ({ tag, name: names.of(tag) ?? tag }))
    .sort((a, b) => a.name.localeCompare(b.name, locale));
}
