'use client';

import { ListPlus, Play } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import type { Found, MediaChoice } from './media-choice';

type Props = {
  found: Found;
  choice: MediaChoice;
  onPreview: (found: Found) => void;
  /** Beside its title. */
  picture?: ReactNode;
  /** Under its title, such as its length. */
  note?: ReactNode;
  /** It does not play yet. */
  disabled?: boolean;
  /** What else can be done with it. */
  more?: ReactNode;
};

/** Something that one may look at, put into the queue, or play for everyone. */
export function MediaRow({ found, choice, onPreview, picture, note, disabled = false, more }: Props) {
  const t = useTranslations('media');
  const { title } = found;
  return (
    <li className="flex items-center gap-1 rounded-control hover:bg-ink/4">
      <button
        type="button"
        aria-label={title}
        title={t('previewOf', { title })}
        disabled={disabled}
        onClick={() => onPreview(found)}
        className="flex min-w-0 flex-1 items-center gap-2.5 rounded-control p-1 text-left text-sm disabled:text-ink-2"
      >
        {picture}
        <span className="min-w-0 flex-1">
          <span className={picture ? 'line-clamp-2 leading-snug' : 'block truncate'}>{title}</span>
          {note && <span className="block truncate text-ink-3 text-xs">{note}</span>}
        </span>
      </button>
      {more}
      <IconButton
        label={t('queueOf', { title })}
        size="small"
        disabled={disabled}
        onClick={() => choice.queue(found)}
      >
        <ListPlus size={16} aria-hidden />
      </IconButton>
      <IconButton
        label={t('playOf', { title })}
        size="small"
        disabled={disabled}
        onClick={() => choice.play(found)}
      >
        <Play size={16} aria-hidden />
      </IconButton>
    </li>
  );
}
