/** Line breaks, control characters, and the marks that turn the direction of the text around a name. */
const UNWANTED = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

/** A name as it is kept: composed, without control characters, inner blanks single. Markup is left alone: it is shown as text. */
export function cleanName(raw: string): string {
  const visible = raw.replace(/\s/gu, ' ').replace(UNWANTED, '');
  return visible.replace(/ +/g, ' ').trim().normalize('NFC');
}
