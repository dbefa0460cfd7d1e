'use client';

import { Play } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useLayoutEffect, useState } from 'react';
import { useUnread } from '@/components/chat/use-unread';
import { Stage } from '@/components/stage/stage';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { useRefusalSentence } from '@/components/refusal-sentence';
import { isStaff } from '@/room/roles';
import { Banners } from './banners';
import { BottomBar } from './bottom-bar';
import { useClassroom } from './classroom-context';
import { facesOf, orderFaces } from './face-order';
import { FacesColumn, FacesGrid, FacesStrip } from './faces';
import { HoldStill } from './hold-still';
import { useLessonVerbs } from './lesson-verbs';
import { useMediaView } from './media/media-context';
import { type PanelName, readPanel, rememberPanel } from './panels';
import { nextLesson, type Plan } from './plan';
import { useRoom } from '@/components/room-log/use-room';
import { SidePanel } from './side-panel';
import { SoundWhenReady } from './sound-when-ready';
import { TopBar } from './top-bar';
import { useControls } from './use-controls';
import { useMe } from '@/components/room-log/use-room';
import { useNarrow } from './use-narrow';
import { useShortcuts } from './use-shortcuts';
import { useWakeLock } from './use-wake-lock';

type Props = {
  plan: Plan;
  /** The lesson that ended while this tab looked on. */
  endedId: string | null;
  onLeave: () => void;
};

/** The classroom itself. For staff also before the lesson, to prepare it. */
export function RoomScreen({ plan, endedId, onLeave }: Props) {
  const { roomId } = useClassroom();
  const { person: me } = useMe();
  const controls = useControls();
  const lesson = useRoom((view) => view.head.lesson);
  const messages = useRoom((view) => view.chat.messages);
  const [panel, setPanel] = useState<PanelName | null>(null);
  // What this browser remembers is not known to the server: it comes after the first picture.
  useLayoutEffect(() => setPanel(readPanel()), []);
  const unread = useUnread(roomId, messages, me.id, panel === 'chat');
  const verbs = useLessonVerbs();
  const show = (next: PanelName | null) => {
    setPanel(next);
    rememberPanel(next);
  };
  const toggle = (name: PanelName) => show(panel === name ? null : name);
  useWakeLock(lesson !== null);
  useShortcuts(controls, () => toggle('chat'));
  const staff = isStaff(me.role);
  const next = nextLesson(plan, endedId);

  return (
    <div className="flex h-dvh flex-col overflow-hidden bg-surface">
      <TopBar
        action={
          staff && !lesson && next ? (
            <Button
              variant="primary"
              size="small"
              icon={<Play size={15} />}
              busy={verbs.busy === 'start'}
              onClick={() => verbs.start(next.id)}
            >
              <StartLabel />
            </Button>
          ) : null
        }
      />
      <HoldStill>
        <Banners />
        {verbs.refusal && <RefusalBanner refusal={verbs.refusal} />}
        {staff && !lesson && <PreparingBanner />}
      </HoldStill>
      <Body panel={panel} show={show} />
      <BottomBar
        controls={controls}
        panel={panel}
        unread={unread}
        onPanel={toggle}
        onLeave={onLeave}
        onEnd={staff && lesson ? () => verbs.end(lesson.id) : null}
        ending={verbs.busy === 'end'}
      />
      <SoundWhenReady />
    </div>
  );
}

function StartLabel() {
  const t = useTranslations('classroom.top');
  return t('start');
}

function RefusalBanner({ refusal }: { refusal: Parameters<ReturnType<typeof useRefusalSentence>>[0] }) {
  const sentence = useRefusalSentence();
  return (
    <Banner tone="warn" urgent className="rounded-none border-x-0">
      {sentence(refusal)}
    </Banner>
  );
}

function PreparingBanner() {
  const t = useTranslations('classroom.banners');
  return (
    <p className="shrink-0 border-line border-b bg-surface-2 px-4 py-2 text-ink-2 text-xs">
      {t('preparing')}
    </p>
  );
}

/** Stage, faces and panel: side by side where there is room, one above the other where there is not. */
function Body({ panel, show }: { panel: PanelName | null; show: (panel: PanelName | null) => void }) {
  const { roomId } = useClassroom();
  const { person: me } = useMe();
  const narrow = useNarrow();
  const people = useRoom((view) => view.head.people);
  const empty = useRoom((view) => view.head.stage.kind === 'empty');
  const media = useMediaView((view) => view.people);
  const faces = orderFaces(facesOf({ people }, me), me.id, media);
  const stage = (
    <Stage
      roomId={roomId}
      onDocuments={() => show('documents')}
      compact={narrow && panel !== null}
      faces={<FacesGrid people={faces} me={me.id} />}
    />
  );
  const side = panel && <SidePanel panel={panel} onPanel={show} onClose={() => show(null)} />;

  const place = narrow
    ? panel
      ? 'aspect-[16/10] max-h-[42dvh] w-full shrink-0'
      : 'min-h-0 flex-1'
    : 'min-w-0 flex-1';
  // The same element in both: who turns their phone on its side keeps the player, the page they look at, and the line they draw.
  return (
    <div className={`flex min-h-0 flex-1 bg-stage ${narrow ? 'flex-col' : ''}`}>
      <main className={place}>{stage}</main>
      {narrow
        ? !empty && !panel && <FacesStrip people={faces} me={me.id} />
        : !empty && (
            <div className={`flex shrink-0 flex-col py-2 pr-2 ${panel ? 'w-[124px]' : 'w-[200px]'}`}>
              <FacesColumn people={faces} me={me.id} />
            </div>
          )}
      {side}
    </div>
  );
}
