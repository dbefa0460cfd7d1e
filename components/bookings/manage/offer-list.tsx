'use client';

import { ExternalLink, Pencil, Plus, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/components/trpc';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { EmptyState } from '@/components/ui/empty-state';
import { IconButton } from '@/components/ui/icon-button';
import { Panel } from '@/components/ui/panel';
import { toast } from '@/components/ui/toast';
import { useAttempt } from '@/components/ui/use-attempt';
import type { Offer } from '../types';
import { OfferForm } from './offer-form';

/** What somebody offers to book, each with its link. */
export function OfferList({ offers }: { offers: readonly Offer[] }) {
  const t = useTranslations('bookings');
  const [editing, setEditing] = useState<string | null>(null);
  const adding = editing === 'new';
  const add = (variant: 'primary' | 'secondary') => (
    <Button variant={variant} icon={<Plus size={16} aria-hidden />} onClick={() => setEditing('new')}>
      {t('addOffer')}
    </Button>
  );
  return (
    <section aria-labelledby="offers" className="flex flex-col gap-3">
      <div className="flex min-h-9 items-center justify-between gap-4">
        <h2 id="offers" className="font-semibold text-base">
          {t('offers')}
        </h2>
        {offers.length > 0 && !adding && add('secondary')}
      </div>
      {adding && (
        <Panel className="p-5">
          <OfferForm offer={null} onClose={() => setEditing(null)} />
        </Panel>
      )}
      {offers.length === 0 && !adding && (
        <EmptyState title={t('noOffersTitle')} action={add('primary')}>
          {t('noOffersText')}
        </EmptyState>
      )}
      {offers.length > 0 && (
        <ul className="divide-y divide-line border-line border-y">
          {offers.map((offer) =>
            editing === offer.id ? (
              <li key={offer.id} className="py-4">
                <OfferForm offer={offer} onClose={() => setEditing(null)} />
              </li>
            ) : (
              <OfferRow key={offer.id} offer={offer} onEdit={() => setEditing(offer.id)} />
            ),
          )}
        </ul>
      )}
    </section>
  );
}

function OfferRow({ offer, onEdit }: { offer: Offer; onEdit: () => void }) {
  const t = useTranslations('bookings');
  const remove = useRemoveOffer(offer);
  const { title, lengths, seats, open, slug, url } = offer;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
      <div className="flex min-w-52 flex-1 flex-col gap-0.5">
        <div className="flex min-w-0 items-center gap-2">
          <span className="truncate font-medium">{title}</span>
          {!open && <Badge>{t('closed')}</Badge>}
        </div>
        <span className="text-ink-2 text-xs">{t('lengths', { lengths: lengths.join(' / '), seats })}</span>
      </div>
      <div className="flex items-center gap-1">
        <CopyButton text={url} label={t('copyLink')} size="small" />
        <a
          href={`/book/${slug}`}
          aria-label={t('openPage', { title })}
          title={t('openPage', { title })}
          className="inline-grid size-9 place-items-center rounded-control text-ink-2 transition-colors hover:bg-ink/6 hover:text-ink"
        >
          <ExternalLink size={16} aria-hidden />
        </a>
        <IconButton label={t('edit', { title })} onClick={onEdit}>
          <Pencil size={16} aria-hidden />
        </IconButton>
        <IconButton label={t('remove', { title })} onClick={() => void remove()}>
          <Trash2 size={16} aria-hidden />
        </IconButton>
      </div>
    </li>
  );
}

/** Takes an offer away at once; for ten seconds a word brings it back. */
function useRemoveOffer({ id: offerId, title }: Offer) {
  const t = useTranslations('bookings');
  const router = useRouter();
  const attempt = useAttempt();

  async function put(removed: boolean): Promise<boolean> {
    const done = await attempt(() => trpc.bookings.removeOffer.mutate({ offerId, removed }));
    if (done) router.refresh();
    return done !== null;
  }
  return async () => {
    if (!(await put(true))) return;
    await toast(t('removed', { title }), { action: { label: t('undo'), run: () => void put(false) } });
  };
}
