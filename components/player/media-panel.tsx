'use client';

import { useState } from 'react';
import { useClassroom } from '@/components/classroom/classroom-context';
import { LinkForm } from './link-form';
import { type Found, useMediaChoice } from './media-choice';
import { MediaPreview } from './media-preview';
import { MediaQueue } from './media-queue';
import { OwnMedia } from './own-media';

/** The content of the room's Media panel: what can be played for everyone, and what waits for its turn. */
export function MediaPanel({ mayPresent }: { mayPresent: boolean }) {
  const { hasAccount } = useClassroom();
  const [preview, setPreview] = useState<Found | null>(null);
  const choice = useMediaChoice();
  if (!mayPresent) return <MediaQueue mayPresent={false} />;
  const show = (found: Found) => {
    choice.forget();
    setPreview(found);
  };
  return (
    <div className="flex min-h-full flex-col gap-4 p-3">
      <LinkForm onFound={show} />
      {choice.refused && (
        <p role="alert" className="text-live text-sm">
          {choice.refused}
        </p>
      )}
      {preview && (
        <MediaPreview
          key={JSON.stringify(preview.source)}
          found={preview}
          choice={choice}
          onClose={() => setPreview(null)}
        />
      )}
      <MediaQueue mayPresent />
      {hasAccount && <OwnMedia choice={choice} onPreview={show} />}
    </div>
  );
}
