import { CircleAlert, CircleCheck, Pause, Play, RotateCcw, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { memo, useRef } from 'react';
import { useRefusalSentence } from '@/components/refusal-sentence';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { Spinner } from '@/components/ui/spinner';
import { toast } from '@/components/ui/toast';
import { useFileSize } from '../file-size';
import type { Upload } from './upload';
import { uploads } from './uploads';

/** A file on its way: how far, and what one can do about it. Rendered again only when something about itself changes. */
export const UploadRow = memo(function UploadRow({ upload }: { upload: Upload }) {
  const { state } = upload;
  const refused = state === 'refused';
  const share = 'sent' in upload && upload.bytes > 0 ? upload.sent / upload.bytes : null;
  return (
    <li className="flex flex-col gap-1.5 px-3 py-2" data-upload={state}>
      <div className="flex items-center gap-2">
        <StateIcon state={state} />
        <p className="min-w-0 flex-1 truncate text-sm" title={upload.name}>
          {upload.name}
        </p>
        <Actions upload={upload} />
      </div>
      {share !== null && (
        <div
          role="progressbar"
          aria-label={upload.name}
          aria-valuenow={Math.floor(share * 100)}
          aria-valuemin={0}
          aria-valuemax={100}
          className="h-1 overflow-hidden rounded-full bg-line"
        >
          <div
            className={`h-full rounded-full ${state === 'sending' ? 'bg-accent' : 'bg-ink-3'}`}
            style={{ width: `${share * 100}%` }}
          />
        </div>
      )}
      <div
        role={refused ? 'alert' : undefined}
        className={`text-xs tabular-nums ${refused ? 'text-ink-2' : 'text-ink-3'}`}
      >
        <Words upload={upload} />
      </div>
      {state === 'needsFile' && <ChooseAgain upload={upload} />}
    </li>
  );
});

function StateIcon({ state }: { state: Upload['state'] }) {
  if (state === 'done') return <CircleCheck size={16} aria-hidden className="shrink-0 text-ok" />;
  if (state === 'refused') return <CircleAlert size={16} aria-hidden className="shrink-0 text-live" />;
  if (state === 'checking') return <Spinner />;
  return null;
}

function Words({ upload }: { upload: Upload }) {
  const t = useTranslations('library.uploads');
  const sentenceOf = useRefusalSentence();
  const sizeOf = useFileSize();
  const size = sizeOf(upload.bytes);
  switch (upload.state) {
    case 'sending':
      return t('sending', { sent: sizeOf(upload.sent), size });
    case 'paused':
      return t('paused', { sent: sizeOf(upload.sent), size });
    case 'refused':
      // The address that it was sent to is no link that somebody was given.
      return upload.code === 'LINK_INVALID' ? t('addressOver') : sentenceOf({ code: upload.code });
    case 'waiting':
    case 'elsewhere':
    case 'checking':
    case 'offline':
    case 'needsFile':
    case 'done':
      return t(upload.state, { size });
  }
}

function Actions({ upload: { id, name, state, ...rest } }: { upload: Upload }) {
  const t = useTranslations('library.uploads');
  const again = 'again' in rest && rest.again;
  const pausable = state === 'sending' || state === 'waiting' || state === 'offline';
  return (
    <span className="flex shrink-0">
      {pausable && (
        <IconButton size="small" label={t('pause', { name })} onClick={() => uploads.pause(id)}>
          <Pause size={15} aria-hidden />
        </IconButton>
      )}
      {state === 'paused' && (
        <IconButton size="small" label={t('resume', { name })} onClick={() => uploads.resume(id)}>
          <Play size={15} aria-hidden />
        </IconButton>
      )}
      {(again || state === 'offline') && (
        <IconButton size="small" label={t('again', { name })} onClick={() => uploads.resume(id)}>
          <RotateCcw size={15} aria-hidden />
        </IconButton>
      )}
      <IconButton
        size="small"
        label={state === 'refused' || state === 'done' ? t('dismiss', { name }) : t('cancel', { name })}
        onClick={() => uploads.dismiss(id)}
      >
        <X size={15} aria-hidden />
      </IconButton>
    </span>
  );
}

/** The browser did not keep the file over a reload: the same one has to be chosen again. */
function ChooseAgain({ upload: { id, name } }: { upload: Upload }) {
  const t = useTranslations('library.uploads');
  const picker = useRef<HTMLInputElement>(null);
  async function take(file: File | undefined) {
    if (file && !(await uploads.giveFile(id, file))) await toast(t('another', { name }), { tone: 'error' });
  }
  return (
    <>
      <input
        ref={picker}
        type="file"
        hidden
        aria-label={t('choose')}
        onChange={(event) => void take(event.target.files?.[0])}
      />
      <Button size="small" className="self-start" onClick={() => picker.current?.click()}>
        {t('choose')}
      </Button>
    </>
  );
}
