'use client';

import { ChevronUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { LanguageField } from '@/components/site/language-choice';
import { DeviceChoices } from './device-choices';
import { Tip } from './tip';

/** Beside microphone and camera: another camera, microphone or speaker without leaving. The browser's popover opens it. */
export function DeviceMenu() {
  const t = useTranslations('classroom.bar');
  const panelId = useId();
  const [open, setOpen] = useState(false);
  return (
    <span className="group/tip relative">
      <button
        type="button"
        aria-label={t('devices')}
        aria-expanded={open}
        popoverTarget={panelId}
        className="grid h-12 w-7 place-items-center rounded-panel text-ink-2 transition-colors hover:bg-ink/7 hover:text-ink active:bg-ink/12"
      >
        <ChevronUp size={16} aria-hidden />
      </button>
      <div
        id={panelId}
        popover="auto"
        role="dialog"
        aria-label={t('devicesTitle')}
        onToggle={(event) => setOpen(event.newState === 'open')}
        className="fixed inset-auto bottom-18 left-1/2 m-0 w-[min(22rem,calc(100vw-1rem))] -translate-x-1/2 rounded-panel border border-line bg-surface p-4 text-ink shadow-float"
      >
        {open && (
          <div className="flex flex-col gap-2.5">
            <h2 className="font-semibold text-sm">{t('devicesTitle')}</h2>
            <DeviceChoices unnamed={<p className="text-ink-2 text-sm">{t('devicesUnnamed')}</p>} />
            <div className="border-line border-t pt-2.5">
              <LanguageField />
            </div>
          </div>
        )}
      </div>
      {!open && <Tip text={t('devices')} />}
    </span>
  );
}
