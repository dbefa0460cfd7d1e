'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { zoneName, zonePlace } from '@/components/ui/zones';
import { useViewerZone } from '@/components/ui/viewer-zone';
import { useLocale } from 'next-intl';
import { JoinButton } from './join-button';
import { LessonChoice } from './lesson-choice';
import type { CoursePageView, Entrance } from './types';

type Props = { page: CoursePageView; entrance: Entrance; signedIn: boolean };

/** The next lessons on the visitor's clock, and the one button. */
export function JoinPanel({ page, entrance, signedIn }: Props) {
  const t = useTranslations('coursePage');
  const locale = useLocale();
  const zone = useViewerZone();
  const { lessons, now, state, registration, role, door, seatsLeft } = page;
  const [chosen, setChosen] = useState(() => lessons.filter(({ mine }) => mine).map(({ id }) => id));
  const [changed, setChanged] = useState(false);
  // For whom single lessons are to be chosen: who may join, and students who may choose anew.
  const joins = state === 'enrol' || state === 'ask' || role === 'student';
  const chooses = registration === 'lessons' && door !== 'invitation' && joins && lessons.length > 0;

  function choose(ids: string[]) {
    setChosen(ids);
    setChanged(true);
  }

  return (
    <section
      aria-label={t('join')}
      className="flex flex-col gap-4 self-start rounded-panel border border-line bg-surface-2 p-5 lg:sticky lg:top-6 lg:row-span-2"
    >
      <JoinButton
        page={page}
        entrance={entrance}
        signedIn={signedIn}
        lessonIds={chosen}
        waitsForChoice={chooses && chosen.length === 0}
        choiceChanged={chooses && changed}
      />
      {seatsLeft !== null && (state === 'enrol' || state === 'ask') && (
        <p className="text-ink-2 text-xs">{t('seatsLeft', { count: seatsLeft })}</p>
      )}
      <div className="flex flex-col gap-2 border-line border-t pt-4">
        <h2 className="font-semibold text-sm">{chooses ? t('chooseLessons') : t('nextLessons')}</h2>
        {lessons.length === 0 ? (
          <p className="text-ink-2 text-sm">{t('noLessons')}</p>
        ) : (
          <>
            <LessonChoice
              lessons={lessons}
              now={now}
              course={courseFor(page)}
              chosen={chooses ? chosen : null}
              onChange={choose}
            />
            <p className="text-ink-3 text-xs">
              {t('zone', { zone: zoneName(locale, zone, now, 'long'), place: zonePlace(zone) })}
            </p>
          </>
        )}
      </div>
    </section>
  );
}

/** Whose lessons go into a calendar from here: those of a public page for everybody, of any other for those who are in the course. */
function courseFor({ door, role, slug, title }: CoursePageView) {
  return role || door === 'page' ? { title, way: role ? `/room/${slug}` : `/c/${slug}` } : null;
}
