import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { AuthLink } from '@/components/account/auth-link';
import { AuthPage } from '@/components/account/auth-page';
import { safeNextPath } from '@/components/account/next-path';
import { SignUpForm } from '@/components/account/sign-up-form';
import { readInvitedAddress } from '@/components/course/read-course';
import { getViewer } from '@/server/caller';

type Props = { searchParams: Promise<{ next?: string | string[] }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('signUp') };
}

export default async function SignUpPage({ searchParams }: Props) {
  const next = safeNextPath([(await searchParams).next].flat()[0]);
  if ((await getViewer()).kind === 'account') redirect(next);
  const t = await getTranslations('auth');
  const other = t.rich('haveAccount', {
    link: (text) => <AuthLink href={`/sign-in?next=${encodeURIComponent(next)}`}>{text}</AuthLink>,
  });
  return (
    <AuthPage title={t('signUpTitle')} other={other}>
      <SignUpForm next={next} invited={await readInvitedAddress(next)} />
    </AuthPage>
  );
}
