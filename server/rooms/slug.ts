/**
 * A room's address in words, such as `algebra-1-k3f9`.
 * @param unique  a uuid, which the four characters at the end are made from
 */
export function roomSlug(title: string, unique: string): string {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  const tail = Number.parseInt(unique.replaceAll('-', '').slice(0, 10), 16)
    .toString(36)
    .padStart(4, '0')
    .slice(-4);
  return `${words || 'room'}-${tail}`;
}
