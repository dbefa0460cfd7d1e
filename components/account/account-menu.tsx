'use client';

import { LogOut, MonitorSmartphone, Settings2 } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId, useState } from 'react';
import { useRefusalSentence } from '@/components/refusal-sentence';
import { refusalOf, trpc } from '@/components/trpc';
import { LanguageField } from '@/components/site/language-choice';
import { Avatar } from '@/components/ui/avatar';

type Props = { user: { id: string; name: string; email?: string } };

/** Who is signed in, and how to stop being: for the right end of a header. The browser's own popover opens and closes it. */
export function AccountMenu({ user }: Props) {
  const t = useTranslations('auth.menu');
  const sentenceOf = useRefusalSentence();
  const panelId = useId();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  async function signOut(everywhere: boolean) {
    setBusy(true);
    setFailure(null);
    try {
      await trpc.identity.signOut.mutate({ everywhere });
    } catch (error) {
      const refusal = refusalOf(error);
      // Signed out elsewhere in the meantime: that is what was wanted.
      if (refusal.code !== 'NOT_SIGNED_IN') {
        setFailure(sentenceOf(refusal));
        return setBusy(false);
      }
    }
    window.location.assign('/');
  }

  return (
    <>
      <button
        type="button"
        popoverTarget={panelId}
        className="flex min-h-9 min-w-0 items-center gap-2 rounded-control px-2 text-ink-2 text-sm hover:bg-ink/6 hover:text-ink"
      >
        <Avatar name={user.name} seed={user.id} />
        <span className="max-w-40 truncate max-sm:sr-only">{user.name}</span>
        <span className="sr-only">{t('open')}</span>
      </button>
      <div
        id={panelId}
        popover="auto"
        className="fixed inset-auto top-13 right-[max(1rem,calc((100vw-var(--page))/2+1.5rem))] m-0 w-64 rounded-panel border border-line bg-surface p-1.5 text-ink shadow-float"
      >
        <div className="px-2.5 pt-1.5 pb-2">
          <p className="truncate font-medium text-sm">{user.name}</p>
          {user.email && <p className="truncate text-ink-3 text-xs">{user.email}</p>}
        </div>
        <div className="py-1 pr-1 pl-2.5">
          <LanguageField />
        </div>
        <Link
          href="/account"
          className="flex h-9 w-full items-center gap-2.5 rounded-control px-2.5 text-left text-sm hover:bg-ink/6"
        >
          <Settings2 aria-hidden size={16} className="text-ink-3" />
          {t('settings')}
        </Link>
        <MenuButton icon={<LogOut size={16} />} disabled={busy} onClick={() => void signOut(false)}>
          {t('signOut')}
        </MenuButton>
        <MenuButton icon={<MonitorSmartphone size={16} />} disabled={busy} onClick={() => void signOut(true)}>
          {t('signOutEverywhere')}
        </MenuButton>
        {failure && (
          <p role="alert" className="px-2.5 py-1.5 text-live text-xs">
            {failure}
          </p>
        )}
      </div>
    </>
  );
}

type MenuButtonProps = { icon: ReactNode; disabled: boolean; onClick: () => void; children: ReactNode };

function MenuButton({ icon, disabled, onClick, children }: MenuButtonProps) {
  return (
    <button
      type="button"
      disabled={disabled}
      onClick={onClick}
      className="flex min-h-9 w-full items-center gap-2.5 rounded-control px-2.5 py-1.5 text-left text-sm hover:bg-ink/6 disabled:opacity-55"
    >
      <span aria-hidden className="shrink-0 text-ink-3">
        {icon}
      </span>
      {children}
    </button>
  );
}
