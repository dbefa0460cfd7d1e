'use client';

import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/components/trpc';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { toast } from '@/components/ui/toast';
import { useCall } from '@/components/ui/use-call';
import { SectionForm } from './section-form';
import { SectionRow } from './section-row';
import type { Section } from './types';

type Props = { courseId: string; sections: readonly Section[] };
type Words = Pick<Section, 'title' | 'text'>;

/** The sections of a course: written, put in order by dragging or by buttons, taken out and put back. */
export function SyllabusEditor({ courseId, sections: first }: Props) {
  const t = useTranslations('syllabus');
  const call = useCall();
  const [sections, setSections] = useState(first);
  const [editing, setEditing] = useState<string | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);

  async function read() {
    const now = await call.run(() => trpc.syllabus.list.query({ courseId }));
    if (now) setSections(now.answer);
  }
  /** Does it, and shows the order and words that the server has then: others may write the same syllabus. */
  async function change(ask: () => Promise<unknown>): Promise<boolean> {
    const done = await call.run(ask);
    if (!done) return false;
    setEditing(null);
    await read();
    return true;
  }
  const add = (words: Words, at?: number) =>
    change(() => trpc.syllabus.add.mutate({ courseId, ...words, at }));
  const move = (sectionId: string, to: number) => {
    setSections((now) => placed(now, sectionId, to));
    void change(() => trpc.syllabus.move.mutate({ courseId, sectionId, to }));
  };
  async function remove({ id, title, text }: Section, at: number) {
    if (!(await change(() => trpc.syllabus.remove.mutate({ courseId, sectionId: id })))) return;
    await toast(t('removed', { title }), {
      action: { label: t('undo'), run: () => void add({ title, text }, at) },
    });
  }

  const form = (section: Section | null) => (
    <SectionForm
      section={section}
      busy={call.busy}
      wrong={call.field === 'title' ? t(call.reason === 'tooMany' ? 'tooMany' : 'titleWrong') : null}
      onClose={() => {
        call.clear();
        setEditing(null);
      }}
      onSend={(words) =>
        section
          ? change(() => trpc.syllabus.change.mutate({ courseId, sectionId: section.id, ...words }))
          : add(words)
      }
    />
  );
  const adding = editing === 'new';
  return (
    <>
      {sections.length === 0 && !adding && (
        <EmptyState
          title={t('emptyTitle')}
          action={<AddButton onClick={() => setEditing('new')} label={t('addFirst')} primary />}
        >
          {t('emptyText')}
        </EmptyState>
      )}
      {sections.length > 0 && (
        <ol className="divide-y divide-line border-line border-y">
          {sections.map((section, at) => (
            <li key={section.id}>
              {editing === section.id ? (
                form(section)
              ) : (
                <SectionRow
                  section={section}
                  at={at}
                  count={sections.length}
                  busy={call.busy}
                  dragged={dragged}
                  onDrag={setDragged}
                  onEdit={() => setEditing(section.id)}
                  onMove={move}
                  onRemove={() => void remove(section, at)}
                />
              )}
            </li>
          ))}
        </ol>
      )}
      {adding && form(null)}
      {call.sentence && <Banner tone="warn">{call.sentence}</Banner>}
      {sections.length > 0 && !adding && (
        <div>
          <AddButton onClick={() => setEditing('new')} label={t('add')} />
        </div>
      )}
    </>
  );
}

function AddButton({ label, onClick, primary }: { label: string; onClick: () => void; primary?: boolean }) {
  return (
    <Button
      variant={primary ? 'primary' : 'secondary'}
      icon={<Plus size={16} aria-hidden />}
      onClick={onClick}
    >
      {label}
    </Button>
  );
}

/** The order right after a move, before the server has said so. */
function placed(sections: readonly Section[], id: string, to: number): readonly Section[] {
  const moved = sections.find((section) => section.id === id);
  if (!moved) return sections;
  const others = sections.filter((section) => section !== moved);
  return [...others.slice(0, to), moved, ...others.slice(to)];
}
