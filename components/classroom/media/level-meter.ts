import { createAudioAnalyser, type LocalAudioTrack, type LocalTrack, Track } from 'livekit-client';

const INTERVAL_MS = 80;

function isAudio(track: LocalTrack | null): track is LocalAudioTrack {
  return track?.kind === Track.Kind.Audio;
}

/** Measures the own microphone's loudness, only while somebody looks. */
export function createLevelMeter(find: () => LocalTrack | null) {
  const listeners = new Set<(level: number) => void>();
  let running: { track: LocalAudioTrack; stop: () => void } | null = null;

  function stop() {
    running?.stop();
    running = null;
  }

  function refresh() {
    const found = find();
    const track = listeners.size > 0 && isAudio(found) ? found : null;
    if (running?.track === track) return;
    stop();
    if (!track) {
      for (const listener of listeners) listener(0);
      return;
    }
    const { calculateVolume, cleanup } = createAudioAnalyser(track, { smoothingTimeConstant: 0.5 });
    const timer = setInterval(() => {
      const level = Math.min(1, calculateVolume() * 1.6);
      for (const listener of listeners) listener(level);
    }, INTERVAL_MS);
    running = {
      track,
      stop() {
        clearInterval(timer);
        void cleanup();
      },
    };
  }

  return {
    refresh,
    onLevel(listener: (level: number) => void) {
      listeners.add(listener);
      refresh();
      return () => {
        listeners.delete(listener);
        refresh();
      };
    },
    close() {
      listeners.clear();
      stop();
    },
  };
}
