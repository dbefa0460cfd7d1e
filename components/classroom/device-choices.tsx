'use client';

import { Mic, Video as Camera, Volume2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMe } from '@/components/room-log/use-room';
import { DeviceSelect } from './device-select';
import { LevelMeter } from './level-meter';
import { useMediaView } from './media/media-context';
import { useDeviceList } from './media/use-device-list';

/** Which camera, microphone and speaker, as far as there is a right to them, and how loud one is. `unnamed`: said where there is none. */
export function DeviceChoices({ unnamed }: { unnamed?: ReactNode }) {
  const { rights } = useMe();
  const microphone = useMediaView((view) => view.mine.microphone.on);
  const camera = useMediaView((view) => view.mine.camera.on);
  const list = useDeviceList(`${microphone}${camera}`);
  const none = list.camera.length + list.microphone.length + list.speaker.length === 0;
  return (
    <>
      {rights.camera && <DeviceSelect kind="camera" options={list.camera} icon={<Camera size={17} />} />}
      {rights.microphone && (
        <DeviceSelect kind="microphone" options={list.microphone} icon={<Mic size={17} />} />
      )}
      <DeviceSelect kind="speaker" options={list.speaker} icon={<Volume2 size={17} />} />
      {none && unnamed}
      {rights.microphone && microphone && <LevelMeter />}
    </>
  );
}
