import type { ReactNode } from 'react';
import { Words } from '@/components/ui/words';

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <Words of={['auth.menu', 'bell', 'calls.ring', 'course', 'dashboard', 'home', 'lesson']}>
      {children}
    </Words>
  );
}
