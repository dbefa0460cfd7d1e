'use client';

import { useRef } from 'react';
import { useRoom } from '@/components/room-log/use-room';
import type { Playing } from '@/room/media';
import { MediaFrame } from './media-frame';
import { NativeMedia } from './native-media';
import { usePlayer } from './use-player';
import { useSound } from './use-sound';
import { YouTubeMediaPlayer } from './youtube-player';

/** What plays for everyone. The presenter's controls are everybody's; volume, captions and full screen are one's own. */
export function StageMedia() {
  const playing = useRoom((view) => view.head.media?.playing ?? null);
  return playing ? <OneMedia key={playing.generation} playing={playing} /> : null;
}

function OneMedia({ playing }: { playing: Playing }) {
  const { source } = playing;
  return source.kind === 'youtube' ? (
    <YouTube playing={playing} videoId={source.videoId} />
  ) : (
    <NativeMedia playing={playing} source={source} />
  );
}

function YouTube({ playing, videoId }: { playing: Playing; videoId: string }) {
  const place = useRef<HTMLDivElement>(null);
  const sound = useSound();
  const view = usePlayer(place, playing, sound.value, (element) => new YouTubeMediaPlayer(element, videoId));
  return (
    <MediaFrame playing={playing} view={view} sound={sound} durationMs={view.durationMs}>
      {/* Nothing of ours lies over YouTube's player: its terms. */}
      <div className="size-full [&>iframe]:size-full">
        <div ref={place} />
      </div>
    </MediaFrame>
  );
}
