import type { ReactNode } from 'react';
import { Words } from '@/components/ui/words';

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <Words
      of={[
        'attendance',
        'auth.menu',
        'bell',
        'calendar.addTo',
        'calls',
        'course',
        'home',
        'lesson',
        'lessonEdit',
        'library.kind',
        'materials',
        'people',
        'personalLinks',
        'schedule',
        'series',
      ]}
    >
      {children}
    </Words>
  );
}
