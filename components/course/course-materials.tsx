'use client';

import { Download, FileX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { FileIcon } from '@/components/library/file-icon';
import { useFileSize } from '@/components/library/file-size';
import { useRefusalSentence } from '@/components/refusal-sentence';
import { refusalOf, trpc } from '@/components/trpc';
import { IconButton } from '@/components/ui/icon-button';
import { toast } from '@/components/ui/toast';
import type { Material } from './types';

type Props = {
  courseId: string;
  materials: readonly Material[];
  /** Takes a file out of the course; absent for who only reads. */
  onRemove?: (material: Material) => void;
};

/** The files of a course: each can be fetched by everybody in it. */
export function CourseMaterials({ courseId, materials, onRemove }: Props) {
  const t = useTranslations('materials');
  const sizeOf = useFileSize();
  const sentenceOf = useRefusalSentence();

  async function download(documentId: string) {
    try {
      const { url } = await trpc.materials.download.query({ courseId, documentId });
      window.location.assign(url);
    } catch (error) {
      await toast(sentenceOf(refusalOf(error)), { tone: 'error' });
    }
  }

  return (
    <ul className="divide-y divide-line border-line border-y">
      {materials.map((material) => {
        const { id, name, bytes, mimeType, thumbnail } = material;
        return (
          <li key={id} className="flex min-h-13 items-center gap-3 py-1.5">
            <span className="grid h-9 w-12 shrink-0 place-items-center overflow-hidden rounded-control bg-surface-2">
              {thumbnail ? (
                // oxlint-disable-next-line nextjs/no-img-element -- a signed address of the files origin
                <img src={thumbnail} alt="" loading="lazy" className="size-full object-cover" />
              ) : (
                <FileIcon mimeType={mimeType} size={18} />
              )}
            </span>
            <span className="flex min-w-0 flex-1 flex-col">
              <span className="truncate text-sm" title={name}>
                {name}
              </span>
              <span className="text-ink-3 text-xs tabular-nums">{sizeOf(bytes)}</span>
            </span>
            <IconButton label={t('download', { name })} onClick={() => void download(id)}>
              <Download size={16} />
            </IconButton>
            {onRemove && (
              <IconButton label={t('remove', { name })} onClick={() => onRemove(material)}>
                <FileX size={16} />
              </IconButton>
            )}
          </li>
        );
      })}
    </ul>
  );
}
