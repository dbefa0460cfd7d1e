'use client';

import { Mic, SwitchCamera, Video as Camera, Volume2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { useMe } from '@/components/room-log/use-room';
import { IconButton } from '@/components/ui/icon-button';
import { DeviceSelect } from './device-select';
import { LevelMeter } from './level-meter';
import { useMedia, useMediaView } from './media/media-context';
import { useDeviceList } from './media/use-device-list';

/** Which camera, microphone and speaker, as far as there is a right to them, and how loud one is. `unnamed`: said where there is none. */
export function DeviceChoices({ unnamed }: { unnamed?: ReactNode }) {
  const t = useTranslations('classroom.devices');
  const media = useMedia();
  const { rights } = useMe();
  /** How often it was turned: the list shows which camera it is now. */
  const [turns, setTurns] = useState(0);
  const microphone = useMediaView((view) => view.mine.microphone.on);
  const camera = useMediaView((view) => view.mine.camera.on);
  const list = useDeviceList(`${microphone}${camera}`);
  const none = list.camera.length + list.microphone.length + list.speaker.length === 0;
  return (
    <>
      {rights.camera && (
        <div className="flex items-center gap-1">
          <div className="min-w-0 flex-1">
            <DeviceSelect key={turns} kind="camera" options={list.camera} icon={<Camera size={17} />} />
          </div>
          {camera && list.camera.length > 1 && (
            <IconButton
              label={t('turnCamera')}
              onClick={() => void media.turnCamera().then(() => setTurns(turns + 1))}
            >
              <SwitchCamera size={18} aria-hidden />
            </IconButton>
          )}
        </div>
      )}
      {rights.microphone && (
        <DeviceSelect kind="microphone" options={list.microphone} icon={<Mic size={17} />} />
      )}
      <DeviceSelect kind="speaker" options={list.speaker} icon={<Volume2 size={17} />} />
      {none && unnamed}
      {rights.microphone && microphone && <LevelMeter />}
    </>
  );
}
