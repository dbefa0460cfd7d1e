'use client';

import { MailPlus, MailX } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { trpc } from '@/components/trpc';
import { Badge } from '@/components/ui/badge';
import { IconButton } from '@/components/ui/icon-button';
import { toast } from '@/components/ui/toast';
import { useAttempt } from '@/components/ui/use-attempt';
import type { Invitation } from './types';

/** Who was invited, and what has become of it; nothing while nobody was. */
export function InvitationList({
  courseId,
  invitations,
}: {
  courseId: string;
  invitations: readonly Invitation[];
}) {
  const t = useTranslations('invite');
  const router = useRouter();
  const attempt = useAttempt();
  if (invitations.length === 0) return null;

  async function act(ask: () => Promise<unknown>, said: string) {
    if (!(await attempt(ask))) return;
    router.refresh();
    await toast(said);
  }

  return (
    <ul aria-label={t('invited')} className="divide-y divide-line border-line border-y">
      {invitations.map(({ id: invitationId, email, name, role, status }) => (
        <li key={invitationId} className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 py-1.5">
          <span className="flex min-w-40 flex-1 flex-col">
            <span className="truncate text-sm">{name || email}</span>
            <span className="truncate text-ink-3 text-xs">
              {name ? `${email} · ${t(`roles.${role}`)}` : t(`roles.${role}`)}
            </span>
          </span>
          <Badge tone={status === 'accepted' ? 'ok' : 'neutral'}>{t(`status.${status}`)}</Badge>
          {status === 'pending' && (
            <span className="flex">
              <IconButton
                label={t('remind', { email })}
                onClick={() =>
                  void act(
                    () => trpc.invitations.remind.mutate({ courseId, invitationId }),
                    t('reminded', { email }),
                  )
                }
              >
                <MailPlus size={16} />
              </IconButton>
              <IconButton
                label={t('revoke', { email })}
                onClick={() =>
                  void act(
                    () => trpc.invitations.revoke.mutate({ courseId, invitationId }),
                    t('revoked', { email }),
                  )
                }
              >
                <MailX size={16} />
              </IconButton>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
