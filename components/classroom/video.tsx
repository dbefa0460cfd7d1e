'use client';

import { useEffect, useRef } from 'react';
import { useMedia } from './media/media-context';

type Props = {
  participantId: string;
  source: 'camera' | 'screen';
  mirrored?: boolean;
  className?: string;
  label?: string;
};

/** Somebody's camera or screen. The media controller keeps the element on the right track; sound is played elsewhere. */
export function Video({ participantId, source, mirrored = false, className = '', label }: Props) {
  const media = useMedia();
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (!element.current) return;
    return media.attach(participantId, source, element.current);
  }, [media, participantId, source]);
  return (
    <video
      ref={element}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      autoPlay
      playsInline
      muted
      className={`block ${mirrored ? '-scale-x-100' : ''} ${className}`}
    />
  );
}
