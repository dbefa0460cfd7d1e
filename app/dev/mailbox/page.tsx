import { TRPCError } from '@trpc/server';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Mailbox } from '@/components/mail/mailbox';
import { PageFrame } from '@/components/site/page-frame';
import { KeepFresh } from '@/components/ui/keep-fresh';
import { getCaller } from '@/server/caller';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('mailbox'))('title'), robots: { index: false } };
}

type Props = { searchParams: Promise<{ to?: string | null; mail?: string }> };

/** Where the mailbox is closed there is nothing at this address. */
async function readMailbox(to: string | null, messageId: string | undefined) {
  const caller = await getCaller();
  try {
    const mails = await caller.mail.mailbox({ to });
    return { mails, open: messageId ? await caller.mail.mailboxMail({ messageId }) : null };
  } catch (error) {
    if (error instanceof TRPCError && (error.code === 'NOT_FOUND' || error.code === 'BAD_REQUEST'))
      notFound();
    throw error;
  }
}

export default async function MailboxPage({ searchParams }: Props) {
  const { to = null, mail } = await searchParams;
  const { mails, open } = await readMailbox(to, mail);
  return (
    <PageFrame>
      <KeepFresh />
      <Mailbox mails={mails} open={open} to={to} />
    </PageFrame>
  );
}
