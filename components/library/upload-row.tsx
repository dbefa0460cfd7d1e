import { CircleAlert, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRefusalSentence } from '@/components/refusal-sentence';
import { IconButton } from '@/components/ui/icon-button';
import { Progress } from '@/components/ui/progress';
import type { Upload } from './library-store';

/** A file on its way: how far, or why it was not taken and what to do. */
export function UploadRow({ upload, onDismiss }: { upload: Upload; onDismiss: () => void }) {
  const t = useTranslations('documents');
  const sentenceOf = useRefusalSentence();
  const refused = upload.state === 'refused';
  return (
    <li
      className={`flex items-start gap-2 rounded-panel border p-2.5 ${refused ? 'border-live/40 bg-live/6' : 'border-line'}`}
    >
      {refused && <CircleAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-live" />}
      <div className="min-w-0 flex-1">
        {upload.state === 'sending' && (
          <Progress label={upload.name} value={upload.bytes > 0 ? upload.sent / upload.bytes : 0} />
        )}
        {upload.state === 'checking' && <Progress label={t('uploaded', { name: upload.name })} />}
        {refused && (
          <div role="alert" className="flex flex-col gap-0.5 text-sm">
            <p className="truncate font-medium">{upload.name}</p>
            <p className="text-ink-2">{sentenceOf({ code: upload.code })}</p>
          </div>
        )}
      </div>
      <IconButton
        size="small"
        label={refused ? t('dismiss', { name: upload.name }) : t('cancel', { name: upload.name })}
        onClick={onDismiss}
      >
        <X size={15} aria-hidden />
      </IconButton>
    </li>
  );
}
