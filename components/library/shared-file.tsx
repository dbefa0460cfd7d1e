import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { SiteHeader } from '@/components/site/site-header';
import { buttonClass } from '@/components/ui/button';
import { FileIcon } from './file-icon';
import { useFileSize } from './file-size';

type Props = { token: string; name: string; bytes: number; mimeType: string };

/** What somebody with a share link sees: which file it is, and how to get it. */
export function SharedFile({ token, name, bytes, mimeType }: Props) {
  const t = useTranslations('library.shared');
  const sizeOf = useFileSize();
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader home="/" />
      <main className="mx-auto flex w-full max-w-5xl flex-1 flex-col items-start gap-6 px-4 pt-16 sm:px-6">
        <div className="flex min-w-0 items-center gap-4">
          <span className="grid size-14 shrink-0 place-items-center rounded-panel border border-line bg-surface-2">
            <FileIcon mimeType={mimeType} size={26} />
          </span>
          <div className="flex min-w-0 flex-col gap-1">
            <h1 className="font-semibold text-lg [overflow-wrap:anywhere]">{name}</h1>
            <p className="text-ink-3 text-sm tabular-nums">{sizeOf(bytes)}</p>
          </div>
        </div>
        {/* Not a page of ours: the browser is sent on to the file. */}
        {/* oxlint-disable-next-line nextjs/no-html-link-for-pages */}
        <a href={`/shared/${encodeURIComponent(token)}/file`} className={buttonClass('primary', 'large')}>
          <Download size={18} aria-hidden />
          {t('download')}
        </a>
        <p className="max-w-prose text-ink-3 text-sm">{t('note')}</p>
      </main>
    </div>
  );
}
