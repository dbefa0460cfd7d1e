import type { Track } from 'livekit-client';

type Attachment = {
  participantId: string;
  source: 'camera' | 'screen';
  element: HTMLVideoElement;
  track: Track | null;
};

/** Keeps video elements on the tracks that they are meant to show, while tracks come, go and are replaced. */
export function createAttachments(
  find: (participantId: string, source: 'camera' | 'screen') => Track | null,
) {
  const attachments = new Set<Attachment>();

  function settle(attachment: Attachment) {
    const track = find(attachment.participantId, attachment.source);
    if (track === attachment.track) return;
    attachment.track?.detach(attachment.element);
    attachment.track = track;
    track?.attach(attachment.element);
  }

  return {
    refresh() {
      for (const attachment of attachments) settle(attachment);
    },
    attach(participantId: string, source: 'camera' | 'screen', element: HTMLVideoElement) {
      const attachment: Attachment = { participantId, source, element, track: null };
      attachments.add(attachment);
      settle(attachment);
      return () => {
        attachments.delete(attachment);
        attachment.track?.detach(element);
      };
    },
  };
}
