import type { ReactNode } from 'react';
import { Words } from '@/components/ui/words';

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <Words of={['courseSettings', 'invite', 'library', 'media.captions', 'requests', 'syllabus']}>
      {children}
    </Words>
  );
}
