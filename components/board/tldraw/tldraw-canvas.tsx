'use client';

import 'tldraw/tldraw.css';
import './tldraw-canvas.css';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import {
  AssetUrlsProvider,
  type Editor,
  registerDefaultSideEffects,
  type TLShapeId,
  TldrawEditor,
  TldrawUiTranslationProvider,
} from 'tldraw';
import type { DataChannel } from '@/components/classroom/media/data-channel';
import type { RoomLog } from '@/components/room-log/types';
import type { PageGeometry } from '@/components/stage/page-geometry';
import { isStaff } from '@/room/roles';
import type { BoardSession } from '../board-session';
import type { BoardTools } from '../board-tools';
import { LaserLog } from '../laser-trails';
import { LiveSender } from '../live-sender';
import type { StrokeClock } from '../stroke-clock';
import {
  assetUrls,
  bindingUtils,
  cameraOptions,
  components,
  createStore,
  createUser,
  options,
  shapeUtils,
  textOptions,
  tools,
  uiAssetUrls,
} from './editor-config';
import { createEditorDisplay } from './editor-display';
import { createEditorTools } from './editor-tools';
import { turnInput } from './turned-input';
import { followUserChanges } from './user-changes';
import { passWheelOn, takeFocus } from './frame-events';

export type TldrawCanvasProps = {
  log: RoomLog;
  session: BoardSession;
  clock: StrokeClock;
  channel: DataChannel;
  geometry: PageGeometry;
  canDraw: boolean;
  /** The tools while one may draw, null without. */
  onTools: (tools: BoardTools | null) => void;
};

/** The board as tldraw draws it, over a page that somebody else draws. The only module that mounts tldraw. */
export function TldrawCanvas({
  log,
  session,
  clock,
  channel,
  geometry,
  canDraw,
  onTools,
}: TldrawCanvasProps) {
  const [store] = useState(createStore);
  const [user] = useState(createUser);
  const [editor, setEditor] = useState<Editor | null>(null);
  const frame = useRef<HTMLDivElement>(null);

  useSession(editor, { log, session, clock, channel });
  useRight(editor, session, canDraw, onTools);

  useLayoutEffect(() => {
    const { scale, offsetX, offsetY } = geometry;
    editor?.setCamera({ x: offsetX / scale, y: offsetY / scale, z: scale }, { force: true, immediate: true });
  }, [editor, geometry]);

  const { rotation = 0 } = geometry;
  useEffect(() => (editor ? turnInput(editor, rotation) : undefined), [editor, rotation]);

  useEffect(() => (frame.current ? passWheelOn(frame.current) : undefined), []);
  useEffect(
    () => (frame.current && editor && canDraw ? takeFocus(frame.current, editor) : undefined),
    [editor, canDraw],
  );

  return (
    <div ref={frame} className="board-canvas absolute inset-0" data-drawable={canDraw}>
      <AssetUrlsProvider assetUrls={uiAssetUrls}>
        <TldrawUiTranslationProvider locale="en">
          <TldrawEditor
            store={store}
            user={user}
            shapeUtils={shapeUtils}
            bindingUtils={bindingUtils}
            tools={tools}
            components={components}
            assetUrls={assetUrls}
            textOptions={textOptions}
            options={options}
            cameraOptions={cameraOptions}
            initialState="select"
            autoFocus={false}
            onMount={(mounted) => {
              showAll(mounted);
              setEditor(mounted);
              return registerDefaultSideEffects(mounted);
            }}
          />
        </TldrawUiTranslationProvider>
      </AssetUrlsProvider>
    </div>
  );
}

const NONE = new Set<TLShapeId>();

/**
 * tldraw takes shapes out of sight off the screen, and to know which, looks at every shape of the board whenever one changes. A board is no
 * larger than its page, which is in sight for most of the time: what is not is left to the browser.
 */
function showAll(editor: Editor): void {
  editor.getCulledShapes = () => NONE;
}

/** One editor shows one board after the other: mounting tldraw anew at each page turn would cost 100 ms and more. */
function useSession(
  editor: Editor | null,
  { log, session, clock, channel }: Pick<TldrawCanvasProps, 'log' | 'session' | 'clock' | 'channel'>,
) {
  // The channel is a new object whenever its availability changes; a stroke under way must not be cut off by that.
  const latest = useRef(channel);
  useLayoutEffect(() => {
    latest.current = channel;
  });
  useLayoutEffect(() => {
    if (!editor) return undefined;
    const sender = new LiveSender((topic, bytes) => {
      const to = readersOf(log, session);
      latest.current.send(topic, bytes, to ? { to } : undefined);
    }, session);
    const { boardId } = session;
    // A copy's laser is for the two who look at it: only what everyone sees is kept for a replay.
    const laserLog = new LaserLog((samples) => {
      if (session.layer === 'shared') void log.send({ type: 'laser.move', payload: { boardId, samples } });
    });
    const display = createEditorDisplay(editor, () => session.settle());
    const detach = session.attach(display);
    editor.clearHistory();
    const unfollow = followUserChanges(editor, { session, clock, sender });
    const container = editor.getContainer();
    const shine = () => {
      const now = performance.now();
      const at = editor.isIn('laser.lasering') ? editor.inputs.currentPagePoint : null;
      sender.laser(at, now);
      laserLog.note(at, now);
    };
    const move = () => {
      sender.point(editor.inputs.currentPagePoint, performance.now());
      shine();
    };
    const leave = () => {
      sender.point(null, performance.now());
      shine();
    };
    container.addEventListener('pointerup', shine);
    container.addEventListener('pointermove', move);
    container.addEventListener('pointerleave', leave);
    return () => {
      // The page turns while the pen is down: what is drawn so far stays, as a whole stroke.
      editor.complete();
      container.removeEventListener('pointermove', move);
      container.removeEventListener('pointerup', shine);
      container.removeEventListener('pointerleave', leave);
      flushStore(editor);
      unfollow();
      leave();
      sender.close();
      detach();
      editor.selectNone();
      display.clear();
    };
  }, [editor, log, session, clock]);
}

/** Who may see what is drawn on a private layer while it is: its person and staff; null: everyone. */
function readersOf(log: RoomLog, { layer }: BoardSession): string[] | null {
  if (layer === 'shared') return null;
  const people = Object.values(log.getView().head.people);
  return people.filter(({ id, role }) => id === layer || isStaff(role)).map(({ id }) => id);
}

/** The store tells its listeners of changes a frame later, except when somebody begins to listen: then at once. */
function flushStore(editor: Editor) {
  editor.store.listen(() => undefined)();
}

function useRight(
  editor: Editor | null,
  session: BoardSession,
  canDraw: boolean,
  onTools: (tools: BoardTools | null) => void,
) {
  useEffect(() => {
    if (!editor || !canDraw) return undefined;
    editor.updateInstanceState({ isReadonly: false });
    const tools = createEditorTools(editor);
    onTools(tools);
    return () => {
      onTools(null);
      tools.close();
      // A right that is lost while the pen is down: the stroke ends here, and the room decides whether it counts.
      editor.complete();
      flushStore(editor);
      editor.selectNone();
      editor.setCurrentTool('select');
      editor.updateInstanceState({ isReadonly: true });
    };
  }, [editor, canDraw, onTools]);
  useEffect(() => {
    if (editor && !canDraw) editor.updateInstanceState({ isReadonly: true });
  }, [editor, canDraw]);
  useEffect(() => session.setAllowed(canDraw), [session, canDraw]);
}
