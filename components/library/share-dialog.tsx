import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { trpc } from '@/components/trpc';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog } from '@/components/ui/dialog';
import { Input } from '@/components/ui/field';
import { Progress } from '@/components/ui/progress';
import { useCall } from '@/components/ui/use-call';
import { libraryChanged } from './library-signal';

type Props = { documentId: string; name: string; shared: boolean; onClose: () => void };

/** A file's share link: made by a press, shown to be copied, and taken back by another one. */
export function ShareDialog({ documentId, name, shared, onClose }: Props) {
  const t = useTranslations('library.share');
  const call = useCall();
  const { run } = call;
  const [url, setUrl] = useState<string | null>(null);
  const [revoked, setRevoked] = useState(false);

  async function open() {
    const done = await call.run(() => trpc.library.share.mutate({ documentId }));
    if (!done) return;
    setUrl(done.answer.url);
    setRevoked(false);
    libraryChanged();
  }
  async function revoke() {
    if (!(await call.run(() => trpc.library.unshare.mutate({ documentId })))) return;
    setUrl(null);
    setRevoked(true);
    libraryChanged();
  }
  // A link that is there already is shown without another press.
  useEffect(() => {
    if (!shared) return;
    void run(() => trpc.library.share.mutate({ documentId })).then((done) => done && setUrl(done.answer.url));
    // Once, when the window opens.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);

  return (
    <Dialog title={t('title', { name })} onClose={onClose}>
      <div className="flex flex-col gap-4 text-sm">
        {url ? (
          <>
            <p className="text-ink-2">{t('open')}</p>
            <div className="flex gap-2">
              <Input
                readOnly
                value={url}
                aria-label={t('address')}
                onFocus={(event) => event.target.select()}
              />
              <CopyButton text={url} label={t('copy')} />
            </div>
            <Button variant="danger" className="self-start" busy={call.busy} onClick={() => void revoke()}>
              {t('revoke')}
            </Button>
          </>
        ) : (
          <>
            <p role="status" className="text-ink-2">
              {t(revoked ? 'revoked' : 'closed')}
            </p>
            {shared && !revoked && call.busy ? (
              <Progress label={t('loading')} />
            ) : (
              <Button variant="primary" className="self-start" busy={call.busy} onClick={() => void open()}>
                {t('create')}
              </Button>
            )}
          </>
        )}
        {call.sentence && <p role="alert">{call.sentence}</p>}
      </div>
    </Dialog>
  );
}
