'use client';

import { useEffect, useMemo, useState } from 'react';
import type { Viewport } from '@/room/state';
import { useRoom, useRoomLog } from '@/components/room-log/use-room';
import { createThrottle, type StageView, shownViewport } from './stage-view';

/** The presenter's view goes to everyone five times a second at most (DESIGN L9). */
const SEND_EVERY_MS = 200;
const SETTLE_MS = 600;

/** The part of the page that is seen, and what zooming does: it moves everyone for a presenter, oneself for a viewer. */
export function useStageViewport(presenting: boolean, pageKey: string) {
  const log = useRoomLog();
  const shared = useRoom((state) => state.head.viewport);
  const [view, setView] = useState<StageView>({ kind: 'following' });
  const [draft, setDraft] = useState<{ viewport: Viewport | null } | null>(null);
  const [forPage, setForPage] = useState(pageKey);
  // A new page starts with the presenter again.
  if (forPage !== pageKey) {
    setForPage(pageKey);
    setView({ kind: 'following' });
    setDraft(null);
  }

  const throttle = useMemo(
    () =>
      createThrottle<Viewport | null>(SEND_EVERY_MS, (viewport) => {
        void log.send({ type: 'viewport.move', payload: { viewport } });
      }),
    [log],
  );
  useEffect(() => () => throttle.cancel(), [throttle]);
  // One's own gesture leads the log by a moment; after it, the log is right.
  useEffect(() => {
    if (!draft) return;
    const timer = setTimeout(() => setDraft(null), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [draft]);

  return {
    viewport: draft && presenting ? draft.viewport : shownViewport(view, shared),
    looking: !presenting && view.kind === 'looking',
    move(viewport: Viewport | null) {
      if (!presenting) return setView({ kind: 'looking', viewport });
      setDraft({ viewport });
      throttle.push(viewport);
    },
    follow: () => setView({ kind: 'following' }),
  };
}
