import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { AuthLink } from '@/components/account/auth-link';
import { AuthPage } from '@/components/account/auth-page';
import { safeNextPath } from '@/components/account/next-path';
import { SignInForm } from '@/components/account/sign-in-form';
import { getViewer } from '@/server/caller';

type Props = { searchParams: Promise<{ next?: string | string[] }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('signIn') };
}

export default async function SignInPage({ searchParams }: Props) {
  const next = safeNextPath([(await searchParams).next].flat()[0]);
  if ((await getViewer()).kind === 'account') redirect(next);
  const t = await getTranslations('auth');
  const other = t.rich('noAccount', {
    link: (text) => <AuthLink href={`/sign-up?next=${encodeURIComponent(next)}`}>{text}</AuthLink>,
  });
  return (
    <AuthPage title={t('signInTitle')} other={other}>
      <SignInForm next={next} />
    </AuthPage>
  );
}
