import { type Engine, type EngineSettings, takeEngine } from './engine';
import type { MediaController, MediaView } from './types';

const DEVICE = { on: false, busy: false, problem: null };
/** What the server renders, and the browser until the client is there. */
export const INITIAL_VIEW: MediaView = {
  status: { kind: 'connecting' },
  entered: false,
  mine: { microphone: DEVICE, camera: DEVICE, screen: false, looksAway: false },
  people: {},
  soundBlocked: false,
  dataAvailable: false,
};

export type LazyMedia = Omit<MediaController, 'room'> & {
  /** Resolves when the client is there. */
  ready: Promise<MediaController>;
};

/** Remembers subscriptions until the client is loaded, then hands them over. */
function deferred(
  ready: Promise<MediaController>,
  subscribe: (controller: MediaController) => () => void,
): () => void {
  let cancelled = false;
  let cancel: (() => void) | null = null;
  void ready.then((controller) => {
    if (!cancelled) cancel = subscribe(controller);
  });
  return () => {
    cancelled = true;
    cancel?.();
  };
}

/** The media controller before and after its code has arrived: what is asked for meanwhile is done then. */
export function createLazyMedia(settings: EngineSettings, take = takeEngine): LazyMedia {
  let controller: MediaController | null = null;
  const listeners = new Set<() => void>();
  const notify = () => {
    for (const listener of listeners) listener();
  };
  const never = new Promise<Engine>(() => {});
  const taken = take(settings).then((engine) => {
    controller = engine.controller;
    controller.subscribe(notify);
    notify();
    return engine;
  });
  // A client that cannot be loaded was logged above; the class goes on without it, and says so.
  let without = INITIAL_VIEW;
  const engine = taken.catch(() => {
    without = { ...INITIAL_VIEW, status: { kind: 'away' } };
    notify();
    return never;
  });
  const safe = engine.then((it) => it.controller);

  return {
    ready: safe,
    getView: () => controller?.getView() ?? without,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    // All by the same promise: one that leads on from another calls back later, and a stop would come after the start behind it.
    start: (grant) => void engine.then((it) => it.start(grant)),
    stop: () => void engine.then((it) => it.controller.stop()),
    enter() {
      // Within the press, where the client is there: some browsers let nobody be heard a moment later.
      if (controller) controller.enter();
      else void safe.then((c) => c.enter());
    },
    takeHere: () => void safe.then((c) => c.takeHere()),
    setDevice: async (source, on) => (await safe).setDevice(source, on),
    shareScreen: async (on) => (await safe).shareScreen(on),
    choose: async (kind, deviceId) => (await safe).choose(kind, deviceId),
    turnCamera: async () => (await safe).turnCamera(),
    unblockSound: async () => (await safe).unblockSound(),
    attach: (...args) => deferred(safe, (c) => c.attach(...args)),
    onLevel: (listener) => deferred(safe, (c) => c.onLevel(listener)),
    send: (...args) => controller?.send(...args),
    onMessage: (...args) => deferred(safe, (c) => c.onMessage(...args)),
    close: () => void engine.then((it) => it.close()),
  };
}
