import { TRPCError } from '@trpc/server';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { MailOff } from '@/components/mail/mail-off';
import { PageFrame } from '@/components/site/page-frame';
import { getCaller } from '@/server/caller';

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('mailOff'))('title'), robots: { index: false } };
}

export default async function MailOffPage({ params }: Props) {
  const { token } = await params;
  const caller = await getCaller();
  const view = await caller.mail.readOff({ token }).catch((error: unknown) => {
    if (error instanceof TRPCError && (error.code === 'NOT_FOUND' || error.code === 'BAD_REQUEST'))
      notFound();
    throw error;
  });
  return (
    <PageFrame>
      <MailOff token={token} view={view} />
    </PageFrame>
  );
}
