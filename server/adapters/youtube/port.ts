/** A video as people recognise it. */
export type YouTubeVideo = {
  videoId: string;
  title: string;
  channel: string;
  /** null: not known, or a broadcast that goes on. */
  durationMs: number | null;
};

/**
 * `quota`: YouTube answers no more searches today; `refused`: it does not take the key, or this machine; `unreachable`: it cannot be
 * asked, or answers with something else.
 */
export type YouTubeFailure = 'quota' | 'refused' | 'unreachable';

export type YouTubeSearch = { ok: true; videos: YouTubeVideo[] } | { ok: false; why: YouTubeFailure };

/** What YouTube says of its videos. */
export type YouTubeDirectory = {
  /** Null where videos cannot be searched for: that takes a key. At most twelve, those that may be played elsewhere. */
  search: ((words: string) => Promise<YouTubeSearch>) | null;
  /** Null: there is no such video, it is private, or YouTube cannot be asked. */
  describe(videoId: string): Promise<YouTubeVideo | null>;
};
