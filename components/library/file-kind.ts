import { useTranslations } from 'next-intl';

export type FileKind =
  | 'pdf'
  | 'presentation'
  | 'spreadsheet'
  | 'text'
  | 'picture'
  | 'sound'
  | 'film'
  | 'other';

/** What a person would call a file of this type. */
export function kindOf(mimeType: string): FileKind {
  if (mimeType.startsWith('image/')) return 'picture';
  if (mimeType.startsWith('audio/')) return 'sound';
  if (mimeType.startsWith('video/')) return 'film';
  if (/presentation|powerpoint/.test(mimeType)) return 'presentation';
  if (/spreadsheet|excel|csv/.test(mimeType)) return 'spreadsheet';
  if (/word|opendocument\.text|rtf|text\//.test(mimeType)) return 'text';
  return mimeType === 'application/pdf' ? 'pdf' : 'other';
}

/** The kind of a file in words: `const kindName = useKindName()`. */
export function useKindName(): (mimeType: string) => string {
  const t = useTranslations('library.kind');
  return (mimeType) => t(kindOf(mimeType));
}
