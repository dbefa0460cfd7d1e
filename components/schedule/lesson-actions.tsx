'use client';

import { CalendarClock, CalendarX, Pencil } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/components/trpc';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Input } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { IconButton } from '@/components/ui/icon-button';
import { toast } from '@/components/ui/toast';
import { useAttempt } from '@/components/ui/use-attempt';
import { useCall } from '@/components/ui/use-call';
import { LessonEdit } from './lesson-edit';
import { type Scope, ScopeChoice } from './lesson-scope';
import type { LessonView } from './types';

type Cancellable = Pick<LessonView, 'id' | 'title' | 'seriesId' | 'version'>;

/** Calls lessons off, at once; for ten seconds a word takes it back. */
export function useCancelLesson(lesson: Cancellable) {
  const t = useTranslations('lesson');
  const many = useTranslations('lessonEdit');
  const router = useRouter();
  const attempt = useAttempt();
  const lessonId = lesson.id;

  async function restore(lessonIds: string[] = [lessonId]) {
    if (await attempt(() => trpc.lessons.restore.mutate({ lessonIds }))) router.refresh();
  }
  async function cancel(scope: Scope = 'this') {
    const { version } = lesson;
    const done = await attempt(() => trpc.lessons.cancel.mutate({ lessonId, scope, version }));
    if (!done) return;
    router.refresh();
    const { lessonIds } = done.answer;
    const one = lessonIds.length === 1;
    await toast(
      one ? t('wasCancelled', { title: lesson.title }) : many('cancelled', { count: lessonIds.length }),
      {
        action: { label: t('undo'), run: () => void restore(lessonIds) },
      },
    );
  }
  return { cancel, restore };
}

/** Renaming, moving and calling off, as quiet buttons at a lesson. */
export function LessonActions({ lesson, onRename }: { lesson: LessonView; onRename: () => void }) {
  const t = useTranslations('lesson');
  const { cancel, restore } = useCancelLesson(lesson);
  const [open, setOpen] = useState<'edit' | 'cancel' | null>(null);
  if (lesson.status === 'cancelled') {
    if (!lesson.mayRestore) return null;
    return (
      <Button variant="quiet" size="small" onClick={() => void restore()}>
        {t('restore')}
      </Button>
    );
  }
  return (
    <>
      <IconButton label={t('rename', { title: lesson.title })} onClick={onRename}>
        <Pencil size={16} />
      </IconButton>
      {lesson.status === 'scheduled' && (
        <>
          <IconButton label={t('edit', { title: lesson.title })} onClick={() => setOpen('edit')}>
            <CalendarClock size={16} />
          </IconButton>
          <IconButton
            label={t('cancel', { title: lesson.title })}
            onClick={() => (lesson.seriesId ? setOpen('cancel') : void cancel())}
          >
            <CalendarX size={16} />
          </IconButton>
        </>
      )}
      {open === 'edit' && <LessonEdit lesson={lesson} onClose={() => setOpen(null)} />}
      {open === 'cancel' && (
        <CancelDialog title={lesson.title} onCancel={cancel} onClose={() => setOpen(null)} />
      )}
    </>
  );
}

type CancelProps = { title: string; onCancel: (scope: Scope) => Promise<void>; onClose: () => void };

/** Which lessons of a series are called off. */
export function CancelDialog({ title, onCancel, onClose }: CancelProps) {
  const t = useTranslations('lessonEdit');
  const [scope, setScope] = useState<Scope>('this');
  return (
    <Dialog title={t('cancelTitle', { title })} onClose={onClose}>
      <div className="flex flex-col gap-4">
        <ScopeChoice value={scope} onChange={setScope} />
        <div className="flex gap-2">
          <Button
            variant="danger"
            onClick={() => {
              onClose();
              void onCancel(scope);
            }}
          >
            {t('cancel')}
          </Button>
          <Button variant="quiet" onClick={onClose}>
            {t('keep')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

/** The title as a field, in the place where it stands. */
export function RenameForm({ lesson, onDone }: { lesson: LessonView; onDone: () => void }) {
  const t = useTranslations('lesson');
  const router = useRouter();
  const call = useCall();
  const [title, setTitle] = useState(lesson.title);

  async function save() {
    const done = await call.run(() => trpc.lessons.rename.mutate({ lessonId: lesson.id, title }));
    if (!done) return;
    router.refresh();
    onDone();
  }
  return (
    <Form
      className="flex flex-1 flex-wrap items-center gap-2"
      onSend={save}
      onKeyDown={(event) => event.key === 'Escape' && onDone()}
    >
      <Input
        aria-label={t('newTitle')}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
        required
        maxLength={120}
        autoFocus
        className="min-w-40 flex-1"
      />
      <Button type="submit" variant="primary" busy={call.busy}>
        {t('save')}
      </Button>
      <Button variant="quiet" onClick={onDone}>
        {t('keep')}
      </Button>
      {call.sentence && (
        <p role="alert" className="basis-full text-live text-xs">
          {call.sentence}
        </p>
      )}
    </Form>
  );
}
