'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/components/trpc';
import { Dialog } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { FormFoot } from '@/components/ui/form-foot';
import { toast } from '@/components/ui/toast';
import { textOf, useCall } from '@/components/ui/use-call';
import { LessonFields } from './lesson-fields';
import { type Scope, ScopeChoice } from './lesson-scope';
import type { LessonView } from './types';
import { useScheduleWords } from './use-schedule-words';
import { wallClock } from './wall-clock';

type Editable = Pick<
  LessonView,
  'id' | 'title' | 'startsAt' | 'durationMinutes' | 'timeZone' | 'seriesId' | 'version'
>;
type Props = {
  lesson: Editable;
  onClose: () => void;
};

/** When a lesson is and what it is called, on the clock that it was meant on; of a series one, some or all. */
export function LessonEdit({ lesson, onClose }: Props) {
  const t = useTranslations('lessonEdit');
  const s = useTranslations('schedule');
  const router = useRouter();
  const call = useCall();
  const { problem, overlapSentence } = useScheduleWords(call);
  const [zone, setZone] = useState(lesson.timeZone);
  const [scope, setScope] = useState<Scope>('this');
  const start = wallClock(lesson.startsAt, lesson.timeZone);

  async function save(form: FormData) {
    const done = await call.run(() =>
      trpc.lessons.edit.mutate({
        ...{ lessonId: lesson.id, version: lesson.version, scope, timeZone: zone },
        title: textOf(form, 'title'),
        startsAt: `${textOf(form, 'date')}T${textOf(form, 'time')}`,
        durationMinutes: Number(form.get('duration')),
      }),
    );
    if (!done) return;
    onClose();
    router.refresh();
    const { changed, adjusted, overlaps } = done.answer;
    const [overlap] = overlaps;
    const notes = [
      t('changed', { count: changed }),
      adjusted && s(`adjusted.${adjusted}`),
      overlap && overlapSentence(overlap),
    ];
    await toast(notes.filter(Boolean).join(' '));
  }

  return (
    <Dialog title={t('title')} onClose={onClose}>
      <Form className="flex flex-col gap-4" onInput={call.clear} onSend={save}>
        <LessonFields
          title={{ defaultValue: lesson.title }}
          date={{ defaultValue: start.date }}
          time={{ defaultValue: start.time }}
          duration={{ defaultValue: lesson.durationMinutes }}
          zone={zone}
          onZone={setZone}
          problem={problem}
          columns="sm:grid-cols-[1.3fr_1fr_1fr]"
        />
        {lesson.seriesId && <ScopeChoice value={scope} onChange={setScope} />}
        <FormFoot call={call} leave={{ label: t('keep'), onLeave: onClose }}>
          {t('save')}
        </FormFoot>
      </Form>
    </Dialog>
  );
}
