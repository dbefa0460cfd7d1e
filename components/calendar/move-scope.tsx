'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { type Scope, ScopeChoice } from '@/components/schedule/lesson-scope';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { useWhen } from '@/components/ui/when';
import type { Put } from './use-save-move';

type Props = { put: Put; now: number; onAnswer: (scope: Scope | null) => void };

/** Which lessons of a series go along with one that was moved. */
export function MoveScope({ put: { lesson, to }, now, onAnswer }: Props) {
  const t = useTranslations('calendar.move');
  const when = useWhen(now);
  const [scope, setScope] = useState<Scope>('this');
  const at = (instant: number) => `${when.day(instant)}, ${when.span(instant, lesson.durationMinutes)}`;
  return (
    <Dialog title={t('ask', { title: lesson.title })} onClose={() => onAnswer(null)}>
      <div className="flex flex-col gap-4">
        <p className="text-ink-2 text-sm">
          <s>{at(lesson.startsAt)}</s>
          <br />
          <span className="font-medium text-ink">{at(to)}</span>
        </p>
        <ScopeChoice value={scope} onChange={setScope} />
        <div className="flex gap-2">
          <Button variant="primary" onClick={() => onAnswer(scope)}>
            {t('move')}
          </Button>
          <Button variant="quiet" onClick={() => onAnswer(null)}>
            {t('putBack')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
