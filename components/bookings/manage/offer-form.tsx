'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '@/components/trpc';
import { Field, Input, Textarea } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { FormFoot } from '@/components/ui/form-foot';
import { Switch } from '@/components/ui/switch';
import { textOf, useCall } from '@/components/ui/use-call';
import { useViewerZone } from '@/components/ui/viewer-zone';
import type { Offer } from '../types';

const LENGTHS = [15, 20, 30, 45, 60, 90, 120];

type Props = { offer: Offer | null /** Null: a new one. */; onClose: () => void };

/** What is offered: its name, how long it may last, how many share an hour. */
export function OfferForm({ offer, onClose }: Props) {
  const t = useTranslations('bookings');
  const router = useRouter();
  const call = useCall();
  const timeZone = useViewerZone();
  const [lengths, setLengths] = useState<readonly number[]>(offer?.lengths ?? [30]);
  const [open, setOpen] = useState(offer?.open ?? true);
  const choices = [...new Set([...LENGTHS, ...lengths])].sort((a, b) => a - b);

  async function save(form: FormData) {
    const wish = {
      title: textOf(form, 'title'),
      description: textOf(form, 'description'),
      seats: Number(textOf(form, 'seats')),
      lengths: [...lengths],
      open,
    };
    const saved = await call.run(async () => {
      if (offer) await trpc.bookings.changeOffer.mutate({ ...wish, offerId: offer.id });
      else await trpc.bookings.createOffer.mutate({ ...wish, timeZone });
    });
    if (!saved) return;
    router.refresh();
    onClose();
  }

  return (
    <Form aria-label={t('offerForm')} className="flex flex-col gap-4" onInput={call.clear} onSend={save}>
      <Field label={t('title')} error={call.field === 'title' ? t('titleWrong') : null}>
        {(wiring) => (
          <Input
            {...wiring}
            name="title"
            required
            maxLength={120}
            autoComplete="off"
            autoFocus
            placeholder={t('titleExample')}
            defaultValue={offer?.title ?? ''}
          />
        )}
      </Field>
      <Field label={t('description')} aside={t('optional')}>
        {(wiring) => (
          <Textarea {...wiring} name="description" maxLength={2000} defaultValue={offer?.description ?? ''} />
        )}
      </Field>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1.5 font-medium text-sm">{t('lengthChoice')}</legend>
        <div className="flex flex-wrap gap-2">
          {choices.map((minutes) => (
            <button
              key={minutes}
              type="button"
              aria-pressed={lengths.includes(minutes)}
              onClick={() => setLengths(toggled(lengths, minutes))}
              className="h-9 rounded-control border border-control/70 px-3 text-sm tabular-nums transition-colors hover:border-control aria-pressed:border-accent aria-pressed:bg-accent/12 aria-pressed:text-accent-strong"
            >
              {t('minutes', { count: minutes })}
            </button>
          ))}
        </div>
        {call.field === 'lengths' && (
          <p role="alert" className="text-live text-xs">
            {t('lengthsWrong')}
          </p>
        )}
      </fieldset>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label={t('seats')}
          hint={t('seatsHint')}
          error={call.field === 'seats' ? t('seatsWrong') : null}
        >
          {(wiring) => (
            <Input
              {...wiring}
              name="seats"
              type="number"
              inputMode="numeric"
              min={1}
              max={100}
              required
              defaultValue={offer?.seats ?? 1}
            />
          )}
        </Field>
        {offer && (
          <div className="self-start sm:pt-6">
            <Switch label={t('takesBookings')} on={open} onSwitch={setOpen} />
          </div>
        )}
      </div>
      <FormFoot call={call} disabled={lengths.length === 0} leave={{ label: t('close'), onLeave: onClose }}>
        {offer ? t('save') : t('createOffer')}
      </FormFoot>
    </Form>
  );
}

const MOST = 6;

function toggled(lengths: readonly number[], minutes: number): number[] {
  if (lengths.includes(minutes)) return lengths.filter((one) => one !== minutes);
  return lengths.length < MOST ? [...lengths, minutes] : [...lengths];
}
