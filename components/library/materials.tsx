'use client';

import { useTranslations } from 'next-intl';
import { type ComponentProps, useSyncExternalStore } from 'react';
import { LibraryBrowser } from './library-browser';

const keyOf = (courseId: string) => `lectern.materials.${courseId}`;
const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** The library within a course, for who runs it: opens at the folder where they left it for this course. */
export function Materials({
  courseId,
  actionFor,
}: { courseId: string } & Pick<ComponentProps<typeof LibraryBrowser>, 'actionFor'>) {
  const t = useTranslations('library.materials');
  const folderId = useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(keyOf(courseId)),
    () => null,
  );
  function open(id: string | null) {
    if (id === null) localStorage.removeItem(keyOf(courseId));
    else localStorage.setItem(keyOf(courseId), id);
    for (const listener of listeners) listener();
  }
  return (
    <section aria-labelledby="materials" className="flex flex-col gap-3">
      <h2 id="materials" className="font-semibold text-base">
        {t('title')}
      </h2>
      <p className="text-ink-3 text-sm">{t('text')}</p>
      <LibraryBrowser folderId={folderId} onOpenFolder={open} actionFor={actionFor} />
    </section>
  );
}
