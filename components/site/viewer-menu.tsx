import { AccountMenu } from '@/components/account/account-menu';
import { Bell } from '@/components/bell/bell';
import { getCaller } from '@/server/caller';

/** What changed for who is signed in, and who that is, at the right end of the header. */
export async function ViewerMenu({ user }: { user: { id: string; name: string; email?: string } }) {
  const { count } = await (await getCaller()).bell.unread();
  return (
    <>
      <Bell unread={count} />
      <AccountMenu user={user} />
    </>
  );
}
