'use client';

import { ChevronUp, Mic, Video as Camera, Volume2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { useMe } from '@/components/room-log/use-room';
import { DeviceSelect } from './device-select';
import { LevelMeter } from './level-meter';
import { useMediaView } from './media/media-context';
import { useDeviceList } from './media/use-device-list';
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
        {open && <Choices />}
      </div>
      {!open && <Tip text={t('devices')} />}
    </span>
  );
}

function Choices() {
  const t = useTranslations('classroom.bar');
  const { rights } = useMe();
  const microphone = useMediaView((view) => view.mine.microphone.on);
  const camera = useMediaView((view) => view.mine.camera.on);
  const list = useDeviceList(`${microphone}${camera}`);
  const none = list.camera.length + list.microphone.length + list.speaker.length === 0;
  return (
    <div className="flex flex-col gap-2.5">
      <h2 className="font-semibold text-sm">{t('devicesTitle')}</h2>
      {rights.camera && <DeviceSelect kind="camera" options={list.camera} icon={<Camera size={17} />} />}
      {rights.microphone && (
        <DeviceSelect kind="microphone" options={list.microphone} icon={<Mic size={17} />} />
      )}
      <DeviceSelect kind="speaker" options={list.speaker} icon={<Volume2 size={17} />} />
      {none && <p className="text-ink-2 text-sm">{t('devicesUnnamed')}</p>}
      {rights.microphone && microphone && <LevelMeter />}
    </div>
  );
}
