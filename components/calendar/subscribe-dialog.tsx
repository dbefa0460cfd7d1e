'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useState } from 'react';
import { trpc } from '@/components/trpc';
import { Banner } from '@/components/ui/banner';
import { Button, buttonClass } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog } from '@/components/ui/dialog';
import { Input } from '@/components/ui/field';
import { Progress } from '@/components/ui/progress';
import { useCall } from '@/components/ui/use-call';
import { subscribeUrls } from './to-links';

type Feed = { url: string | null };

/** One's lessons in another calendar: an address of one's own that it reads again and again. */
export function SubscribeDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('calendar.subscribe');
  const call = useCall();
  const [feed, setFeed] = useState<Feed | null>(null);
  const [made, setMade] = useState(false);
  const { run } = call;

  async function ask(question: () => Promise<Feed>) {
    const done = await run(question);
    if (done) setFeed(done.answer);
    return done !== null;
  }
  useEffect(() => {
    void ask(() => trpc.calendar.feed.query());
    // Once, as it opens.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  const make = async () => {
    const replaces = feed?.url !== null;
    setMade(false);
    setMade((await ask(() => trpc.calendar.makeFeed.mutate())) && replaces);
  };
  const turnOff = async () => {
    setMade(false);
    await ask(async () => {
      await trpc.calendar.dropFeed.mutate();
      return { url: null };
    });
  };

  return (
    <Dialog title={t('title')} onClose={onClose}>
      <div className="flex flex-col gap-4 text-sm">
        <p className="text-ink-2">{t('text')}</p>
        {call.sentence && <Banner tone="warn">{call.sentence}</Banner>}
        {!feed && call.busy && <Progress label={t('loading')} />}
        {feed?.url === null && (
          <Button variant="primary" className="self-start" busy={call.busy} onClick={() => void make()}>
            {t('make')}
          </Button>
        )}
        {feed?.url && (
          <>
            <Ways url={feed.url} />
            <Replace busy={call.busy} made={made} onMake={make} onTurnOff={turnOff} />
          </>
        )}
      </div>
    </Dialog>
  );
}

function Ways({ url }: { url: string }) {
  const t = useTranslations('calendar.subscribe');
  const urls = subscribeUrls(url);
  return (
    <>
      <div className="flex items-center gap-2">
        <Input
          readOnly
          aria-label={t('address')}
          value={url}
          onFocus={(event) => event.target.select()}
          className="flex-1 font-mono text-xs"
        />
        <CopyButton text={url} label={t('copy')} />
      </div>
      <div className="flex flex-wrap gap-2">
        <Way href={urls.webcal}>{t('apple')}</Way>
        <Way href={urls.google} outside>
          {t('google')}
        </Way>
        <Way href={urls.outlook} outside>
          {t('outlook')}
        </Way>
      </div>
      <p className="text-ink-3 text-xs">{t('secret')}</p>
    </>
  );
}

function Way({ href, outside = false, children }: { href: string; outside?: boolean; children: ReactNode }) {
  return (
    <a
      href={href}
      {...(outside ? { target: '_blank', rel: 'noopener noreferrer' } : {})}
      className={buttonClass('secondary', 'small')}
    >
      {children}
    </a>
  );
}

type ReplaceProps = {
  busy: boolean;
  made: boolean;
  onMake: () => Promise<void>;
  onTurnOff: () => Promise<void>;
};

function Replace({ busy, made, onMake, onTurnOff }: ReplaceProps) {
  const t = useTranslations('calendar.subscribe');
  return (
    <div className="flex flex-wrap items-center gap-2 border-line border-t pt-3">
      <Button variant="quiet" size="small" busy={busy} onClick={() => void onMake()}>
        {t('replace')}
      </Button>
      <Button variant="quiet" size="small" busy={busy} onClick={() => void onTurnOff()}>
        {t('off')}
      </Button>
      <p role="status" className="basis-full text-ink-2 text-xs empty:hidden">
        {made ? t('replaced') : ''}
      </p>
    </div>
  );
}
