'use client';

import { CalendarX, Pencil } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useRefusalSentence } from '@/components/refusal-sentence';
import { refusalOf, trpc } from '@/components/trpc';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { IconButton } from '@/components/ui/icon-button';
import { toast } from '@/components/ui/toast';
import { useCall } from '@/components/ui/use-call';
import type { LessonView } from './types';

/** Calls a lesson off, at once; for ten seconds a word takes it back. */
export function useCancelLesson(lesson: LessonView) {
  const t = useTranslations('lesson');
  const router = useRouter();
  const sentenceOf = useRefusalSentence();
  const lessonId = lesson.id;

  async function attempt(call: () => Promise<void>): Promise<boolean> {
    try {
      await call();
      router.refresh();
      return true;
    } catch (error) {
      await toast(sentenceOf(refusalOf(error)), { tone: 'error' });
      return false;
    }
  }
  const restore = () => attempt(() => trpc.lessons.restore.mutate({ lessonId }));
  async function cancel() {
    if (!(await attempt(() => trpc.lessons.cancel.mutate({ lessonId })))) return;
    await toast(t('wasCancelled', { title: lesson.title }), {
      action: { label: t('undo'), run: () => void restore() },
    });
  }
  return { cancel, restore };
}

/** Renaming and calling off, as two quiet buttons at a lesson. */
export function LessonActions({ lesson, onRename }: { lesson: LessonView; onRename: () => void }) {
  const t = useTranslations('lesson');
  const { cancel, restore } = useCancelLesson(lesson);
  if (lesson.status === 'cancelled') {
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
        <IconButton label={t('cancel', { title: lesson.title })} onClick={() => void cancel()}>
          <CalendarX size={16} />
        </IconButton>
      )}
    </>
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
