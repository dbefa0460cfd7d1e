'use client';

import { Plus, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { chooseFiles } from '@/components/library/choose-files';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { IconButton } from '@/components/ui/icon-button';
import { Progress } from '@/components/ui/progress';
import { CAPTION_FILES, type OwnFilm } from './film-captions';
import { useFilmCaptions } from './use-film-captions';

/** The captions of a film or sound of one's own. */
export default function CaptionsDialog({ film, onClose }: { film: OwnFilm; onClose: () => void }) {
  const t = useTranslations('media.captions');
  const { list, busy, problem, add, remove } = useFilmCaptions(film, t('noLines'));
  const choose = async () => {
    const [file] = await chooseFiles({ multiple: false, accept: CAPTION_FILES });
    if (file) add(file);
  };
  return (
    <Dialog title={t('of', { title: film.name })} onClose={onClose}>
      <div className="flex flex-col gap-3">
        {list && list.length > 0 && (
          <ul className="flex flex-col">
            {list.map(({ id, label, fromDocumentId }) => (
              <li key={id} className="flex items-center gap-2 rounded-control py-1 pr-1 pl-2 hover:bg-ink/4">
                <span className="min-w-0 flex-1">
                  <span className="block truncate text-sm">{label}</span>
                  {fromDocumentId === null && (
                    <span className="block text-ink-3 text-xs">{t('embedded')}</span>
                  )}
                </span>
                <IconButton
                  label={t('remove', { label })}
                  size="small"
                  disabled={busy}
                  onClick={() => remove(id)}
                >
                  <Trash2 size={16} aria-hidden />
                </IconButton>
              </li>
            ))}
          </ul>
        )}
        {list?.length === 0 && <p className="text-ink-2 text-sm">{t('none')}</p>}
        {problem && (
          <p role="alert" className="text-live text-sm">
            {problem}
          </p>
        )}
        {busy && <Progress label={t(list ? 'working' : 'loading')} />}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <Button icon={<Plus size={16} aria-hidden />} disabled={busy} onClick={() => void choose()}>
            {t('add')}
          </Button>
          <p className="min-w-0 flex-1 basis-48 text-ink-3 text-xs">{t('hint')}</p>
        </div>
      </div>
    </Dialog>
  );
}
