'use client';

import { ArrowDown, ArrowUp, GripVertical, Pencil, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import type { Section } from './types';

type Props = {
  section: Section;
  /** Its place, from 0. */
  at: number;
  count: number;
  busy: boolean;
  /** The section that is on the pointer. */
  dragged: string | null;
  onDrag: (id: string | null) => void;
  onEdit: () => void;
  onMove: (id: string, to: number) => void;
  onRemove: () => void;
};

/** A section of the syllabus with what can be done to it. It is moved by its grip, or by the two arrows. */
export function SectionRow({ section, at, count, busy, dragged, onDrag, onEdit, onMove, onRemove }: Props) {
  const t = useTranslations('syllabus');
  const [over, setOver] = useState(false);
  const { id, title, text } = section;
  return (
    <div
      className={`flex items-start gap-2 py-3 ${over && dragged !== id ? 'bg-accent/8' : ''} ${dragged === id ? 'opacity-50' : ''}`}
      onDragOver={(event) => {
        if (!dragged) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        if (!dragged) return;
        event.preventDefault();
        onDrag(null);
        if (dragged !== id) onMove(dragged, at);
      }}
    >
      <span
        draggable
        aria-hidden
        title={t('drag')}
        className="mt-0.5 cursor-grab text-ink-3 max-sm:hidden"
        onDragStart={(event) => {
          event.dataTransfer.effectAllowed = 'move';
          event.dataTransfer.setData('text/plain', title);
          onDrag(id);
        }}
        onDragEnd={() => onDrag(null)}
      >
        <GripVertical size={16} />
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <h3 className="font-medium text-sm [overflow-wrap:anywhere]">{title}</h3>
        {text && <p className="whitespace-pre-line text-ink-2 text-sm [overflow-wrap:anywhere]">{text}</p>}
      </div>
      <div className="flex shrink-0 max-sm:grid max-sm:grid-cols-2">
        <IconButton
          label={t('up', { title })}
          size="small"
          disabled={busy || at === 0}
          onClick={() => onMove(id, at - 1)}
        >
          <ArrowUp size={15} />
        </IconButton>
        <IconButton
          label={t('down', { title })}
          size="small"
          disabled={busy || at === count - 1}
          onClick={() => onMove(id, at + 1)}
        >
          <ArrowDown size={15} />
        </IconButton>
        <IconButton label={t('edit', { title })} size="small" disabled={busy} onClick={onEdit}>
          <Pencil size={15} />
        </IconButton>
        <IconButton label={t('remove', { title })} size="small" disabled={busy} onClick={onRemove}>
          <Trash2 size={15} />
        </IconButton>
      </div>
    </div>
  );
}
