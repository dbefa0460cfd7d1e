import { AccountMenu } from '@/components/account/account-menu';

/** Who is signed in, at the right end of the header. */
export function ViewerMenu({ user }: { user: { id: string; name: string; email?: string } }) {
  return <AccountMenu user={user} />;
}
