/** As much of YouTube's IFrame API as we use (developers.google.com/youtube/iframe_api_reference). */
export type YouTubePlayer = {
  playVideo(): void;
  pauseVideo(): void;
  seekTo(seconds: number, allowSeekAhead: boolean): void;
  setPlaybackRate(rate: number): void;
  getCurrentTime(): number;
  getDuration(): number;
  getPlayerState(): number;
  setVolume(percent: number): void;
  mute(): void;
  unMute(): void;
  destroy(): void;
};

export const STATE = { unstarted: -1, ended: 0, playing: 1, paused: 2, buffering: 3, cued: 5 } as const;

type Options = {
  host: string;
  videoId: string;
  width: string;
  height: string;
  playerVars: Record<string, string | number>;
  events: {
    onReady: () => void;
    onStateChange: (event: { data: number }) => void;
    onError: (event: { data: number }) => void;
    onAutoplayBlocked: () => void;
  };
};
type YouTubeApi = { Player: new (element: HTMLElement, options: Options) => YouTubePlayer };

declare global {
  interface Window {
    YT?: Partial<YouTubeApi>;
    onYouTubeIframeAPIReady?: () => void;
  }
}

let loading: Promise<YouTubeApi> | null = null;

/** Loads YouTube's script once: the one outside script of the product, and only where a video of theirs is shown. */
export function loadYouTube(): Promise<YouTubeApi> {
  loading ??= new Promise<YouTubeApi>((resolve, reject) => {
    const ready = () => {
      const { Player } = window.YT ?? {};
      if (Player) resolve({ Player });
      else reject(new Error('YouTube’s script brought no player'));
    };
    if (window.YT?.Player) {
      ready();
      return;
    }
    window.onYouTubeIframeAPIReady = ready;
    const script = document.createElement('script');
    script.src = 'https://www.youtube.com/iframe_api';
    script.onerror = () => reject(new Error('YouTube’s script cannot be reached'));
    document.head.append(script);
  });
  loading.catch(() => {
    // Whoever comes next tries again.
    loading = null;
  });
  return loading;
}
