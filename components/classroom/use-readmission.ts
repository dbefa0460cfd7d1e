import { useEffect } from 'react';
import { useClassroom } from './classroom-context';

/** How often, and how many times, a removed person's page asks whether that was undone: a little longer than undoing takes. */
const ASK_EVERY_MS = 2000;
const ASK_TIMES = 10;

/** Brings somebody back whose removal is undone while they still look at the page. */
export function useReadmission() {
  const { slug } = useClassroom();
  useEffect(() => {
    let asked = 0;
    const timer = setInterval(() => void ask(), ASK_EVERY_MS);
    async function ask() {
      asked += 1;
      if (asked === ASK_TIMES) clearInterval(timer);
      const { trpc, refusalOf } = await import('@/components/trpc');
      try {
        await trpc.classroom.open.query({ slug });
        clearInterval(timer);
        window.location.reload();
      } catch (error) {
        const { code } = refusalOf(error);
        if (code !== 'REMOVED' && code !== 'OFFLINE') clearInterval(timer);
      }
    }
    return () => clearInterval(timer);
  }, [slug]);
}
