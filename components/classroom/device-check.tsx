'use client';

import { Mic, MicOff, Video as Camera, VideoOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { isStaff } from '@/room/roles';
import { useClassroom } from './classroom-context';
import { DeviceChoices } from './device-choices';
import { DeviceProblem } from './device-problem';
import { presentPeople } from './face-order';
import { LessonClock } from './lesson-clock';
import { rememberSwitch } from './media/device-memory';
import { useMedia, useMediaView } from './media/media-context';
import type { OwnSource } from './media/types';
import { useRoom } from '@/components/room-log/use-room';
import { useMe } from '@/components/room-log/use-room';
import { Video } from './video';

type Props = { onJoin: (as: 'speaker' | 'listener') => void };

/** Before one goes in: how one looks and sounds, with which devices, and who is there already. */
export function DeviceCheck({ onJoin }: Props) {
  const t = useTranslations('classroom.check');
  const { rights } = useMe();
  const sends = rights.microphone || rights.camera;
  return (
    <main className="grid min-h-dvh grid-rows-[auto_1fr] bg-surface">
      <ClassHeader />
      <div className="mx-auto grid w-full max-w-5xl content-center gap-6 px-4 pb-10 lg:grid-cols-[1.25fr_1fr] lg:gap-12">
        <Preview sends={sends} camera={rights.camera} microphone={rights.microphone} />
        <div className="flex flex-col justify-center gap-5">
          <Teaching />
          {sends ? (
            <Devices camera={rights.camera} microphone={rights.microphone} />
          ) : (
            <p className="text-ink-2">{t('onlyListen')}</p>
          )}
          <div className="flex flex-wrap gap-2.5">
            <Button
              variant="primary"
              size="large"
              className="min-w-32 max-sm:flex-1"
              onClick={() => onJoin('speaker')}
            >
              {t('join')}
            </Button>
            {sends && (
              <Button size="large" className="max-sm:flex-1" onClick={() => onJoin('listener')}>
                {t('listen')}
              </Button>
            )}
          </div>
        </div>
      </div>
    </main>
  );
}

function ClassHeader() {
  const { title } = useClassroom();
  const lesson = useRoom((view) => view.head.lesson);
  return (
    <header className="flex h-14 items-center gap-3 px-4 sm:px-6">
      <h1 className="min-w-0 truncate font-semibold text-sm">{lesson?.title ?? title}</h1>
      {lesson && (
        <span className="text-ink-2 text-xs">
          <LessonClock startedAt={lesson.startedAt} />
        </span>
      )}
    </header>
  );
}

function Preview({ sends, camera, microphone }: { sends: boolean; camera: boolean; microphone: boolean }) {
  const t = useTranslations('classroom.check');
  const { person: me } = useMe();
  const on = useMediaView((view) => view.mine.camera.on);
  const looksAway = useMediaView((view) => view.mine.looksAway);
  return (
    <div className="relative aspect-[4/3] w-full overflow-hidden rounded-panel bg-stage text-white sm:aspect-video lg:aspect-[4/3]">
      {on ? (
        <Video
          participantId={me.id}
          source="camera"
          mirrored={!looksAway}
          label={t('preview')}
          className="size-full object-cover"
        />
      ) : (
        <div className="grid size-full place-content-center justify-items-center gap-3">
          <Avatar name={me.name} seed={me.id} size={84} />
          {sends && <p className="text-sm text-white/70">{t('cameraOff')}</p>}
        </div>
      )}
      <span className="absolute top-3 left-3 max-w-[70%] truncate rounded-control bg-black/45 px-2 py-1 font-medium text-xs">
        {me.name}
      </span>
      {sends && (
        <div className="absolute inset-x-0 bottom-3 flex justify-center gap-3">
          {microphone && (
            <PreviewToggle source="microphone" on={<Mic size={20} />} off={<MicOff size={20} />} />
          )}
          {camera && <PreviewToggle source="camera" on={<Camera size={20} />} off={<VideoOff size={20} />} />}
        </div>
      )}
    </div>
  );
}

function PreviewToggle({ source, on, off }: { source: OwnSource; on: ReactNode; off: ReactNode }) {
  const t = useTranslations('classroom.bar');
  const media = useMedia();
  const device = useMediaView((view) => view.mine[source]);
  return (
    <button
      type="button"
      aria-label={t(device.on ? `${source}.turnOff` : `${source}.turnOn`)}
      title={t(device.on ? `${source}.turnOff` : `${source}.turnOn`)}
      aria-busy={device.busy || undefined}
      onClick={() => {
        rememberSwitch(source, !device.on);
        void media.setDevice(source, !device.on);
      }}
      className={`grid size-12 place-items-center rounded-full transition-colors ${device.on ? 'bg-black/50 hover:bg-black/65' : 'bg-live text-on-live'}`}
    >
      {device.on ? on : off}
    </button>
  );
}

/** Who teaches, already moving, and how many are there. */
function Teaching() {
  const t = useTranslations('classroom.check');
  const { person: me } = useMe();
  const people = useRoom((view) => view.head.people);
  const others = presentPeople({ people }).filter((person) => person.id !== me.id);
  const teacher =
    others.find((person) => isStaff(person.role)) ?? others.find((person) => person.role === 'presenter');
  const visible = useMediaView((view) => Boolean(teacher && view.people[teacher.id]?.camera));
  return (
    <div className="flex items-center gap-3">
      {teacher && (
        <span className="relative grid aspect-video w-36 shrink-0 place-items-center overflow-hidden rounded-panel bg-stage">
          {!visible && <Avatar name={teacher.name} seed={teacher.id} size={36} />}
          {/* There before the picture is: it shows in the moment that it comes. */}
          <Video
            participantId={teacher.id}
            source="camera"
            label={teacher.name}
            className="absolute inset-0 size-full object-cover"
          />
        </span>
      )}
      <p className="min-w-0">
        <span className="block text-lg leading-6 font-semibold [overflow-wrap:anywhere]">
          {teacher ? t('teaches', { name: teacher.name }) : t('ready')}
        </span>
        <span className="block text-ink-2 text-sm">{t('others', { count: others.length })}</span>
      </p>
    </div>
  );
}

function Devices({ microphone, camera }: { microphone: boolean; camera: boolean }) {
  const mine = useMediaView((view) => view.mine);
  return (
    <div className="flex flex-col gap-2.5">
      {camera && mine.camera.problem && <DeviceProblem source="camera" problem={mine.camera.problem} />}
      {microphone && mine.microphone.problem && (
        <DeviceProblem source="microphone" problem={mine.microphone.problem} />
      )}
      <DeviceChoices />
    </div>
  );
}
