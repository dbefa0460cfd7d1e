'use client';

import { useState } from 'react';
import { useClassroom } from '@/components/classroom/classroom-context';
import { FindForm } from './find-form';
import { type Found, useMediaChoice } from './media-choice';
import { MediaPreview } from './media-preview';
import { MediaQueue } from './media-queue';
import { OwnMedia } from './own-media';
import { ShareSound } from './share-sound';
import { titleOf, useYouTubeSearch } from './use-youtube';
import { YouTubeResults } from './youtube-results';

/** The content of the room's Media panel: what can be played for everyone, and what waits for its turn. */
export function MediaPanel({ mayPresent }: { mayPresent: boolean }) {
  return mayPresent ? <PresenterPanel /> : <MediaQueue mayPresent={false} />;
}

function PresenterPanel() {
  const { hasAccount } = useClassroom();
  const { preview, show, close } = usePreview();
  const choice = useMediaChoice();
  const youtube = useYouTubeSearch();
  const refused = choice.refused ?? youtube.refused;
  const look = (found: Found) => {
    choice.forget();
    show(found);
  };
  return (
    <div className="flex min-h-full flex-col gap-4 p-3">
      <FindForm
        onLink={look}
        onWords={youtube.search && ((words) => void youtube.search?.(words))}
        busy={youtube.busy}
      />
      {refused && (
        <p role="alert" className="text-live text-sm">
          {refused}
        </p>
      )}
      {preview && (
        <MediaPreview key={JSON.stringify(preview.source)} found={preview} choice={choice} onClose={close} />
      )}
      {youtube.videos && (
        <YouTubeResults videos={youtube.videos} choice={choice} onPreview={look} onClose={youtube.close} />
      )}
      <MediaQueue mayPresent />
      {hasAccount && <OwnMedia choice={choice} onPreview={look} />}
      <ShareSound />
    </div>
  );
}

/** What is looked at before the others see it. A pasted video gets its title as soon as YouTube has told it. */
function usePreview() {
  const { roomId } = useClassroom();
  const [preview, setPreview] = useState<Found | null>(null);
  const show = (found: Found) => {
    setPreview(found);
    const { source, title } = found;
    if (source.kind !== 'youtube' || !title.endsWith(source.videoId)) return;
    void titleOf(roomId, source.videoId).then((told) => {
      if (told) setPreview((now) => (now?.source === source ? { ...now, title: told } : now));
    });
  };
  return { preview, show, close: () => setPreview(null) };
}
