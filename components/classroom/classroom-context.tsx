'use client';

import { createContext, type ReactNode, useContext } from 'react';

/** What does not change for as long as the tab is open. */
export type ClassroomFacts = {
  roomId: string;
  slug: string;
  title: string;
  /** Participant id of the viewer. */
  me: string;
  /** Signed in, not a guest. */
  hasAccount: boolean;
};

const ClassroomContext = createContext<ClassroomFacts | null>(null);

export function ClassroomFactsProvider({ facts, children }: { facts: ClassroomFacts; children: ReactNode }) {
  return <ClassroomContext value={facts}>{children}</ClassroomContext>;
}

export function useClassroom(): ClassroomFacts {
  const facts = useContext(ClassroomContext);
  if (!facts) throw new Error('useClassroom stands outside of the classroom');
  return facts;
}
