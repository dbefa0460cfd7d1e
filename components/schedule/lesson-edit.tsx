'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/components/trpc';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field, Input } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { toast } from '@/components/ui/toast';
import { textOf, useCall } from '@/components/ui/use-call';
import { ZonePicker } from '@/components/ui/zone-picker';
import { type Scope, ScopeChoice } from './lesson-scope';
import type { LessonView } from './types';
import { wallClock } from './wall-clock';

type Editable = Pick<
  LessonView,
  'id' | 'title' | 'startsAt' | 'durationMinutes' | 'timeZone' | 'seriesId' | 'version'
>;
type Props = {
  lesson: Editable;
  /** Where it was dragged to, ms since the epoch: the form begins there. */
  movedTo?: number;
  onClose: () => void;
};

/** When a lesson is and what it is called, on the clock that it was meant on; of a series one, some or all. */
export function LessonEdit({ lesson, movedTo, onClose }: Props) {
  const t = useTranslations('lessonEdit');
  const s = useTranslations('schedule');
  const router = useRouter();
  const call = useCall();
  const [zone, setZone] = useState(lesson.timeZone);
  const [scope, setScope] = useState<Scope>('this');
  const start = wallClock(movedTo ?? lesson.startsAt, lesson.timeZone);

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
      overlap &&
        (overlap.title === null
          ? s('busy', { teacher: overlap.teacherName })
          : s('overlaps', { title: overlap.title })),
    ];
    await toast(notes.filter(Boolean).join(' '));
  }

  const problem = (field: string) => {
    if (call.field !== field) return null;
    const key = `problem.${call.reason ?? field}`;
    return s.has(key) ? s(key) : s(`problem.${field}`);
  };

  return (
    <Dialog title={t('title')} onClose={onClose}>
      <Form className="flex flex-col gap-4" onInput={call.clear} onSend={save}>
        <Field label={s('title')} error={problem('title')}>
          {(wiring) => (
            <Input
              {...wiring}
              name="title"
              required
              maxLength={120}
              autoComplete="off"
              defaultValue={lesson.title}
            />
          )}
        </Field>
        <div className="grid grid-cols-2 gap-4 sm:grid-cols-[1.3fr_1fr_1fr]">
          <Field label={s('date')} error={problem('startsAt')} className="max-sm:col-span-2">
            {(wiring) => <Input {...wiring} type="date" name="date" required defaultValue={start.date} />}
          </Field>
          <Field label={s('time')}>
            {(wiring) => <Input {...wiring} type="time" name="time" required defaultValue={start.time} />}
          </Field>
          <Field label={s('duration')} error={problem('durationMinutes')}>
            {(wiring) => (
              <Input
                {...wiring}
                type="number"
                name="duration"
                required
                min={5}
                max={600}
                inputMode="numeric"
                defaultValue={lesson.durationMinutes}
              />
            )}
          </Field>
        </div>
        <Field label={s('zone')} error={problem('timeZone')}>
          {(wiring) => <ZonePicker wiring={wiring} name="zone" value={zone} onChange={setZone} />}
        </Field>
        {lesson.seriesId && <ScopeChoice value={scope} onChange={setScope} />}
        {call.sentence && <Banner tone="warn">{call.sentence}</Banner>}
        <div className="flex gap-2">
          <Button type="submit" variant="primary" busy={call.busy}>
            {t('save')}
          </Button>
          <Button variant="quiet" onClick={onClose}>
            {t('keep')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
