'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { toast } from '@/components/ui/toast';
import { useCall } from '@/components/ui/use-call';

/** A form of the settings: what it sends is saved, said, and read again. */
export function useSaving() {
  const t = useTranslations('courseSettings');
  const router = useRouter();
  const call = useCall();

  async function save(send: () => Promise<unknown>, said = t('saved')): Promise<boolean> {
    const done = await call.run(send);
    if (!done) return false;
    router.refresh();
    await toast(said);
    return true;
  }
  return { ...call, save };
}
