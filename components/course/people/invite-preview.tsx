'use client';

import { useTranslations } from 'next-intl';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import type { InvitationPreview } from './types';

type Props = {
  preview: InvitationPreview;
  busy: boolean;
  refused: string | null;
  onSend: () => void;
  onBack: () => void;
};

/** What sending would do: how many are invited, and what is wrong in which line. */
export function InvitePreview({ preview, busy, refused, onSend, onBack }: Props) {
  const t = useTranslations('invite');
  const { readyCount, ready, problemCount, seatsLeft } = preview;
  return (
    <Panel className="flex flex-col gap-4 p-5">
      <section aria-label={t('preview')} className="flex flex-col gap-4">
        <div className="flex flex-col gap-1">
          <h3 className="font-semibold text-sm">{t('ready', { count: readyCount })}</h3>
          {ready.length > 0 && (
            <p className="text-ink-2 text-xs [overflow-wrap:anywhere]">
              {ready.map(({ name, email }) => (name ? `${name} <${email}>` : email)).join(', ')}
              {readyCount > ready.length && ` ${t('andMore', { count: readyCount - ready.length })}`}
            </p>
          )}
        </div>
        {seatsLeft !== null && seatsLeft < readyCount && (
          <Banner tone="warn">{t('fewSeats', { count: seatsLeft })}</Banner>
        )}
        {problemCount > 0 && <Problems preview={preview} />}
        {refused && <Banner tone="warn">{refused}</Banner>}
        <div className="flex flex-wrap gap-2">
          {readyCount > 0 && (
            <Button variant="primary" busy={busy} onClick={onSend}>
              {t('send', { count: readyCount })}
            </Button>
          )}
          <Button variant={readyCount > 0 ? 'quiet' : 'secondary'} disabled={busy} onClick={onBack}>
            {t('back')}
          </Button>
        </div>
      </section>
    </Panel>
  );
}

function Problems({ preview: { problems, problemCount } }: { preview: InvitationPreview }) {
  const t = useTranslations('invite');
  return (
    <div className="flex flex-col gap-2">
      <h3 className="font-semibold text-sm">{t('leftOut', { count: problemCount })}</h3>
      <ul className="max-h-80 divide-y divide-line overflow-y-auto border-line border-y text-sm">
        {problems.map(({ line, text, problem, firstLine }, at) => (
          // Nothing else tells two problems of one line apart, and the list does not change.
          <li key={at} className="flex gap-3 py-2">
            <span className="w-16 shrink-0 text-ink-3 text-xs leading-5 tabular-nums">
              {t('line', { line })}
            </span>
            <span className="flex min-w-0 flex-col">
              <span className="[overflow-wrap:anywhere]">{text}</span>
              <span className="text-ink-2 text-xs">{t(`problem.${problem}`, { line: firstLine ?? 0 })}</span>
            </span>
          </li>
        ))}
      </ul>
      {problemCount > problems.length && (
        <p className="text-ink-3 text-xs">{t('moreProblems', { count: problemCount - problems.length })}</p>
      )}
    </div>
  );
}
