'use client';

import { Check, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Materials } from '@/components/library/materials';
import { trpc } from '@/components/trpc';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { toast } from '@/components/ui/toast';
import { useCall } from '@/components/ui/use-call';
import { CourseMaterials } from './course-materials';
import type { Material } from './types';

/** Which files of the library belong to a course: what does, and below it the library to add from. */
export function MaterialsEditor({
  courseId,
  materials: first,
}: {
  courseId: string;
  materials: readonly Material[];
}) {
  const t = useTranslations('materials');
  const call = useCall();
  const [materials, setMaterials] = useState(first);
  const there = new Set(materials.map(({ id }) => id));

  async function change(ask: () => Promise<unknown>): Promise<boolean> {
    const done = await call.run(async () => {
      await ask();
      return trpc.materials.list.query({ courseId });
    });
    if (done) setMaterials(done.answer);
    return done !== null;
  }
  const add = (documentId: string) =>
    change(() => trpc.materials.add.mutate({ courseId, documentIds: [documentId] }));
  async function remove({ id, name }: Material) {
    if (!(await change(() => trpc.materials.remove.mutate({ courseId, documentId: id })))) return;
    await toast(t('removed', { name }), { action: { label: t('undo'), run: () => void add(id) } });
  }

  return (
    <>
      {materials.length > 0 ? (
        <CourseMaterials courseId={courseId} materials={materials} onRemove={(one) => void remove(one)} />
      ) : (
        <EmptyState title={t('emptyTitle')}>{t('emptyText')}</EmptyState>
      )}
      {call.sentence && <Banner tone="warn">{call.sentence}</Banner>}
      {call.reason === 'tooMany' && <Banner tone="warn">{t('tooMany')}</Banner>}
      <Materials
        courseId={courseId}
        actionFor={(document) => {
          if (document.status !== 'ready') return null;
          return there.has(document.id) ? (
            <span className="inline-flex h-8 items-center gap-1.5 text-ink-3 text-xs">
              <Check size={15} aria-hidden />
              {t('added')}
            </span>
          ) : (
            <Button
              size="small"
              icon={<Plus size={15} aria-hidden />}
              disabled={call.busy}
              onClick={() => void add(document.id)}
            >
              {t('add')}
            </Button>
          );
        }}
      />
    </>
  );
}
