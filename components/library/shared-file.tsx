import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { formatMediaTime } from '@/components/player/media-time';
import type { trpc } from '@/components/trpc';
import { LanguageMenu } from '@/components/site/language-choice';
import { SiteHeader } from '@/components/site/site-header';
import { buttonClass } from '@/components/ui/button';
import { FileIcon } from './file-icon';
import { useKindName } from './file-kind';
import { useFileSize } from './file-size';

type Props = { token: string } & Awaited<ReturnType<typeof trpc.library.shared.query>>;

/** What somebody with a share link sees: which file it is, and how to get it. */
export function SharedFile({ token, name, bytes, mimeType, pageCount, durationMs, picture }: Props) {
  const t = useTranslations('library.shared');
  const ts = useTranslations('library.state');
  const sizeOf = useFileSize();
  const kindName = useKindName();
  const facts = [
    kindName(mimeType),
    ...(pageCount > 0 ? [ts('pages', { pages: pageCount })] : []),
    ...(durationMs !== null ? [formatMediaTime(durationMs)] : []),
    sizeOf(bytes),
  ];
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader home="/">
        <LanguageMenu />
      </SiteHeader>
      <main className="mx-auto flex w-full max-w-5xl flex-1 flex-col gap-8 px-4 py-10 sm:px-6 md:flex-row md:items-start md:gap-12 md:py-16">
        {picture ? (
          // The picture comes from the files origin in the size that is needed: there is nothing for Next to make of it.
          // oxlint-disable-next-line nextjs/no-img-element
          <img
            src={picture}
            alt=""
            className="max-h-[45dvh] w-auto max-w-full shrink-0 self-start rounded-sm border border-line bg-white object-contain shadow-float md:max-h-[70dvh] md:max-w-[min(50%,26rem)]"
          />
        ) : (
          <span className="grid size-20 shrink-0 place-items-center rounded-panel border border-line bg-surface-2">
            <FileIcon mimeType={mimeType} size={34} />
          </span>
        )}
        <div className="flex min-w-0 flex-col items-start gap-6">
          <div className="flex min-w-0 flex-col gap-1.5">
            <h1 className="font-semibold text-xl [overflow-wrap:anywhere]">
              <bdi>{name}</bdi>
            </h1>
            <p className="text-ink-3 text-sm tabular-nums">{facts.join(' · ')}</p>
          </div>
          {/* Not a page of ours: the browser is sent on to the file. */}
          {/* oxlint-disable-next-line nextjs/no-html-link-for-pages */}
          <a href={`/shared/${encodeURIComponent(token)}/file`} className={buttonClass('primary', 'large')}>
            <Download size={18} aria-hidden />
            {t('download')}
          </a>
          <p className="max-w-prose text-ink-3 text-sm">{t('note')}</p>
        </div>
      </main>
    </div>
  );
}
