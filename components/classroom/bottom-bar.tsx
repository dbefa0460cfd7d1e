'use client';

import {
  Clapperboard,
  FileText,
  Hand,
  LogOut,
  MessageSquare,
  Mic,
  MicOff,
  MonitorUp,
  MonitorX,
  Users,
  Video as Camera,
  VideoOff,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ControlButton } from './control-button';
import { DeviceMenu } from './device-menu';
import { useMe } from '@/components/room-log/use-room';
import { useMediaView } from './media/media-context';
import type { OwnSource } from './media/types';
import type { PanelName } from './panels';
import type { Controls } from './use-controls';
import { useScreenShare } from './use-screen-share';

type Props = {
  controls: Controls;
  panel: PanelName | null;
  unread: number;
  onPanel: (panel: PanelName) => void;
  onLeave: () => void;
  onEnd: (() => void) | null;
  ending: boolean;
};

/** The controls of the class. Each keeps its place whatever happens; what it is called is what it does next. */
export function BottomBar({ controls, panel, unread, onPanel, onLeave, onEnd, ending }: Props) {
  const t = useTranslations('classroom.bar');
  return (
    <footer
      aria-label={t('label')}
      className="grid h-16 shrink-0 grid-cols-[1fr_auto] items-center gap-1 border-line border-t bg-surface px-1.5 pb-[env(safe-area-inset-bottom)] sm:px-3 lg:grid-cols-[1fr_auto_1fr]"
    >
      <div className="flex items-center gap-0.5 sm:gap-1 lg:col-start-2">
        <DeviceControl source="microphone" controls={controls} />
        <DeviceControl source="camera" controls={controls} />
        <DeviceMenu />
        <ScreenControl />
        <span aria-hidden className="mx-2 hidden h-8 w-px bg-line lg:block" />
        <HandControl controls={controls} />
        <PanelControls panel={panel} unread={unread} onPanel={onPanel} />
      </div>
      <div className="flex items-center justify-end gap-1">
        {onEnd && (
          <button
            type="button"
            aria-label={t('endForAll')}
            disabled={ending}
            onClick={onEnd}
            className="h-10 rounded-control px-2 font-medium text-live text-sm transition-colors hover:bg-live/10 disabled:opacity-50 max-sm:text-xs"
          >
            <span aria-hidden className="max-md:hidden">
              {t('endForAll')}
            </span>
            <span aria-hidden className="md:hidden">
              {t('endShort')}
            </span>
          </button>
        )}
        <button
          type="button"
          aria-label={t('leave')}
          onClick={onLeave}
          className="flex h-10 items-center gap-2 rounded-control bg-live px-3 font-medium text-on-live text-sm transition hover:brightness-95 active:brightness-90"
        >
          <LogOut size={17} aria-hidden />
          <span aria-hidden className="max-sm:hidden">
            {t('leave')}
          </span>
        </button>
      </div>
    </footer>
  );
}

const DEVICES = {
  microphone: { On: Mic, Off: MicOff, key: 'M' },
  camera: { On: Camera, Off: VideoOff, key: 'V' },
} as const;

function DeviceControl({ source, controls }: { source: OwnSource; controls: Controls }) {
  const t = useTranslations('classroom.bar');
  const device = useMediaView((view) => view.mine[source]);
  const { On, Off, key } = DEVICES[source];
  const blocked = controls.blocked[source];
  return (
    <ControlButton
      label={t(device.on ? `${source}.turnOff` : `${source}.turnOn`)}
      caption={t(`${source}.caption.${device.on ? 'on' : 'off'}`)}
      icon={device.on ? <On size={21} /> : <Off size={21} />}
      tone={device.on ? 'plain' : 'off'}
      shortcut={key}
      busy={device.busy}
      blocked={blocked && !device.on ? t(`blocked.${blocked}`) : null}
      onPress={() => controls.toggle(source)}
    />
  );
}

function ScreenControl() {
  const t = useTranslations('classroom.bar');
  const { blocked, sharing, toggle } = useScreenShare();
  return (
    <ControlButton
      className="max-sm:hidden"
      label={t(sharing ? 'screen.stop' : 'screen.share')}
      caption={t(sharing ? 'screen.captionStop' : 'screen.caption')}
      icon={sharing ? <MonitorX size={21} /> : <MonitorUp size={21} />}
      tone={sharing ? 'on' : 'plain'}
      blocked={blocked ? t(`blocked.${blocked}`) : null}
      onPress={toggle}
    />
  );
}

function HandControl({ controls }: { controls: Controls }) {
  const t = useTranslations('classroom.bar');
  const up = useMe().person.handRaisedAt !== null;
  return (
    <ControlButton
      label={t(up ? 'hand.lower' : 'hand.raise')}
      caption={t('hand.caption')}
      icon={<Hand size={21} />}
      tone={up ? 'on' : 'plain'}
      shortcut="H"
      onPress={controls.toggleHand}
    />
  );
}

function PanelControls({ panel, unread, onPanel }: Pick<Props, 'panel' | 'unread' | 'onPanel'>) {
  const t = useTranslations('classroom.bar');
  return (
    <>
      <ControlButton
        label={t('chat')}
        caption={t('chat')}
        icon={<MessageSquare size={21} />}
        shortcut="C"
        expanded={panel === 'chat'}
        badge={unread > 0 ? { count: unread, text: t('unread', { count: unread }) } : null}
        onPress={() => onPanel('chat')}
      />
      <ControlButton
        label={t('people')}
        caption={t('people')}
        icon={<Users size={21} />}
        expanded={panel === 'people'}
        onPress={() => onPanel('people')}
      />
      <ControlButton
        label={t('documents')}
        caption={t('documents')}
        icon={<FileText size={21} />}
        expanded={panel === 'documents'}
        onPress={() => onPanel('documents')}
      />
      <ControlButton
        className="max-sm:hidden"
        label={t('media')}
        caption={t('media')}
        icon={<Clapperboard size={21} />}
        expanded={panel === 'media'}
        onPress={() => onPanel('media')}
      />
    </>
  );
}
