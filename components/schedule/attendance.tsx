'use client';

import type { inferRouterOutputs } from '@trpc/server';
import { UsersRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/components/trpc';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { useCall } from '@/components/ui/use-call';
import { useWhen } from '@/components/ui/when';
import type { AppRouter } from '@/server/router';
import { LessonRow } from './lesson-row';
import type { LessonView } from './types';

type Attendance = inferRouterOutputs<AppRouter>['lessons']['attendance'];
type Props = { lesson: LessonView; now: number };

/** A lesson that was held, for those who run it: who was there is read when it is first asked for. */
export function HeldLesson({ lesson, now }: Props) {
  const t = useTranslations('attendance');
  const call = useCall();
  const [read, setRead] = useState<Attendance | null>(null);
  const [open, setOpen] = useState(false);

  async function show() {
    const answer = await call.run(() => trpc.lessons.attendance.query({ lessonId: lesson.id }));
    if (!answer) return;
    setRead(answer.answer);
    setOpen(true);
  }

  return (
    <LessonRow
      lesson={lesson}
      now={now}
      below={
        <>
          {open && read && <AttendanceTable title={lesson.title} {...read} />}
          {call.sentence && <Banner tone="warn">{call.sentence}</Banner>}
        </>
      }
    >
      <Button
        variant="quiet"
        size="small"
        icon={<UsersRound size={16} aria-hidden />}
        aria-label={t('showOf', { title: lesson.title })}
        aria-expanded={open}
        busy={call.busy}
        onClick={() => (open ? setOpen(false) : void show())}
      >
        {t('show')}
      </Button>
    </LessonRow>
  );
}

const COLUMNS = ['name', 'joined', 'left', 'minutes', 'device'] as const;

function AttendanceTable({ title, now, people }: Attendance & { title: string }) {
  const t = useTranslations('attendance');
  const when = useWhen(now);
  if (people.length === 0) return <p className="text-ink-3 text-sm">{t('none')}</p>;
  return (
    <div className="overflow-x-auto rounded-control border border-line">
      <table className="w-full text-sm">
        <caption className="sr-only">{t('caption', { title })}</caption>
        <thead>
          <tr className="border-line border-b text-left text-ink-2 text-xs">
            {COLUMNS.map((column) => (
              <th
                key={column}
                scope="col"
                className={`px-3 py-2 font-medium ${column === 'minutes' ? 'text-right' : ''}`}
              >
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line tabular-nums">
          {people.map((person) => (
            <tr key={person.participantId}>
              <th scope="row" className="min-w-28 px-3 py-2 text-left font-normal [overflow-wrap:anywhere]">
                {person.name} <span className="text-ink-3 text-xs">{t(`roles.${person.role}`)}</span>
              </th>
              <td className="whitespace-nowrap px-3 py-2">{when.time(person.joinedAt)}</td>
              <td className="whitespace-nowrap px-3 py-2">
                {person.leftAt === null ? t('here') : when.time(person.leftAt)}
              </td>
              <td className="px-3 py-2 text-right">{Math.round(person.presentMs / 60_000)}</td>
              <td className="px-3 py-2 text-ink-2">
                {person.devices.map((device) => t(`devices.${deviceKey(device)}`)).join(', ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The log may know kinds of devices that this page has no word for. */
function deviceKey(device: string): 'computer' | 'tablet' | 'phone' | 'other' {
  return device === 'computer' || device === 'tablet' || device === 'phone' ? device : 'other';
}
