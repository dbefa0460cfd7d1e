'use client';

import { CalendarPlus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Popover } from '@/components/ui/popover';
import { googleUrl, outlookUrl, type ToAdd } from './to-links';

type Links = {
  add: Omit<ToAdd, 'url'>;
  /** Where it is joined, from the root of this Lectern. */
  way: string;
  /** The same as a file. */
  file: string;
  /** The series that it belongs to as a file. */
  seriesFile?: string | null;
};

const LINE = 'block rounded-control px-3 py-2 text-sm text-ink hover:bg-ink/6';

/** The ways of a lesson or series into somebody's own calendar. Only ever shown in a browser, which knows this Lectern's address. */
export function AddToLinks({ add, way, file, seriesFile = null }: Links) {
  const t = useTranslations('calendar.addTo');
  const toAdd = { ...add, url: new URL(way, window.location.origin).href };
  // Outlook's address knows no series, and of Google's none with exceptions: these take the file.
  const away = add.series === null || add.series.rrule !== null;
  return (
    <ul>
      {away && (
        <li>
          <a href={googleUrl(toAdd)} target="_blank" rel="noopener noreferrer" className={LINE}>
            {t('google')}
          </a>
        </li>
      )}
      {add.series === null && (
        <li>
          <a href={outlookUrl(toAdd)} target="_blank" rel="noopener noreferrer" className={LINE}>
            {t('outlook')}
          </a>
        </li>
      )}
      <li>
        <a href={file} download className={LINE}>
          {add.series === null ? t('file') : t('seriesOnly')}
        </a>
      </li>
      {seriesFile && (
        <li>
          <a href={seriesFile} download className={LINE}>
            {t('series')}
          </a>
        </li>
      )}
    </ul>
  );
}

type Props = Links & {
  /** With its words on it, for a place with room; it hangs to the right there. */
  wordy?: boolean;
};

/** Puts a lesson or a series into somebody's own calendar. */
export function AddToMenu({ wordy = false, ...links }: Props) {
  const t = useTranslations('calendar.addTo');
  return (
    <Popover
      label={wordy ? t('open') : t('openOf', { title: links.add.title })}
      icon={
        <>
          <CalendarPlus size={16} aria-hidden />
          {wordy && <span className="font-medium text-sm">{t('open')}</span>}
        </>
      }
      hanging={wordy ? 'left' : true}
      sheet
      look={wordy ? 'w-auto! grid-flow-col gap-2 border border-line px-3' : ''}
    >
      <AddToLinks {...links} />
    </Popover>
  );
}
