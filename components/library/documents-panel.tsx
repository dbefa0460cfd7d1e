'use client';

export type DocumentsPanelProps = {
  roomId: string;
  /** Staff and presenters with an account have a library; others see what is open in the room. */
  mayPresent: boolean;
  hasAccount: boolean;
};

/** The content of the room's Documents panel. Loaded when it is first opened. */
export function DocumentsPanel(_props: DocumentsPanelProps) {
  return null;
}
