'use client';

import { Popover } from '@base-ui/react/popover';
import { CalendarClock, CalendarX, X } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { createElement } from 'react';
import { ClassButton } from '@/components/schedule/class-button';
import { useCancelLesson } from '@/components/schedule/lesson-actions';
import { LessonTime } from '@/components/schedule/lesson-time';
import { isSoon } from '@/components/schedule/soon';
import { Badge } from '@/components/ui/badge';
import { Button, ButtonLink } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { AddToLinks } from './add-to-menu';
import { useCalendar } from './calendar-context';
import { SIGNS } from './lesson-look';
import { type CalendarLesson, mayMove, partIn } from './types';

type Props = {
  lesson: CalendarLesson;
  anchor: HTMLElement;
  onClose: () => void;
  onChoose: (what: 'edit' | 'cancel') => void;
};

/** What a lesson is and what one may do with it, beside what was pressed. Loaded when the first one is opened. */
export default function LessonPanel({ lesson, anchor, onClose, onChoose }: Props) {
  const t = useTranslations('calendar');
  const { now, narrow } = useCalendar();
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Portal>
        <Popover.Positioner
          anchor={anchor}
          side={narrow ? 'bottom' : 'right'}
          align="start"
          sideOffset={6}
          collisionPadding={12}
          positionMethod="fixed"
          className="z-40"
        >
          <Popover.Popup
            finalFocus={() => (anchor.isConnected ? anchor : null)}
            className="flex max-h-[calc(100dvh-2rem)] w-[min(22rem,calc(100vw-1.5rem))] flex-col gap-3 overflow-y-auto rounded-panel border border-line bg-surface p-4 text-ink text-sm shadow-float"
          >
            <div className="flex items-start gap-2">
              <div className="flex min-w-0 flex-1 flex-col gap-1">
                <Popover.Title className="font-semibold text-base leading-snug [overflow-wrap:anywhere]">
                  {lesson.title}
                </Popover.Title>
                <p className="text-ink-2 [overflow-wrap:anywhere]">
                  <Link
                    href={`/courses/${lesson.courseId}`}
                    className="underline decoration-control underline-offset-3 hover:text-accent"
                  >
                    {lesson.courseTitle}
                  </Link>
                </p>
              </div>
              <IconButton label={t('close')} size="small" className="-mt-1 -mr-1" onClick={onClose}>
                <X size={16} aria-hidden />
              </IconButton>
            </div>
            <p>
              <LessonTime lesson={lesson} now={now} />
            </p>
            <p className="flex flex-wrap items-center gap-2 text-ink-2 text-xs">
              {createElement(SIGNS[partIn(lesson)], { size: 14, 'aria-hidden': true })}
              {t(`part.${partIn(lesson)}`)}
              {lesson.seriesId && <Badge>{t('ofSeries')}</Badge>}
              <State lesson={lesson} />
            </p>
            <Actions lesson={lesson} onChoose={onChoose} onClose={onClose} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function State({ lesson }: { lesson: CalendarLesson }) {
  const t = useTranslations('calendar');
  if (lesson.status === 'live')
    return (
      <Badge tone="live" dot>
        {t('state.live')}
      </Badge>
    );
  return lesson.status === 'cancelled' ? <Badge>{t('state.cancelled')}</Badge> : null;
}

function Actions({ lesson, onChoose, onClose }: Pick<Props, 'lesson' | 'onChoose' | 'onClose'>) {
  const t = useTranslations('calendar');
  const l = useTranslations('lesson');
  const { now } = useCalendar();
  const { restore } = useCancelLesson(lesson);
  const movable = mayMove(lesson);
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        {isSoon(lesson, lesson.role, now) && <ClassButton lesson={lesson} course={lesson} />}
        <ButtonLink href={`/courses/${lesson.courseId}`} prefetch={false}>
          {t('openCourse')}
        </ButtonLink>
        {movable && (
          <span className="ml-auto flex">
            <IconButton label={l('edit', { title: lesson.title })} onClick={() => onChoose('edit')}>
              <CalendarClock size={16} />
            </IconButton>
            <IconButton label={l('cancel', { title: lesson.title })} onClick={() => onChoose('cancel')}>
              <CalendarX size={16} />
            </IconButton>
          </span>
        )}
        {lesson.mayRestore && (
          <Button
            variant="quiet"
            onClick={() => {
              onClose();
              void restore();
            }}
          >
            {l('restore')}
          </Button>
        )}
      </div>
      {lesson.status === 'scheduled' && (
        <details className="group -mx-2 border-line border-t pt-2">
          <summary className="rounded-control px-2 py-1.5 text-ink-2 text-xs hover:bg-ink/6">
            {t('addTo.open')}
          </summary>
          <AddToLinks
            add={{ ...lesson, series: null }}
            way={`/room/${lesson.roomSlug}`}
            file={`/calendar/file/lesson/${lesson.id}.ics`}
            seriesFile={lesson.seriesId ? `/calendar/file/series/${lesson.id}.ics` : null}
          />
        </details>
      )}
      {movable && <p className="text-ink-3 text-xs max-sm:hidden">{t('move.hint')}</p>}
    </>
  );
}
