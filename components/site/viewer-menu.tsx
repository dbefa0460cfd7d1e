import { AccountMenu } from '@/components/account/account-menu';
import { Bell } from '@/components/bell/bell';
import { CallsHere } from '@/components/calls/calls-here';
import { getCaller } from '@/server/caller';

/** What changed for who is signed in, and who that is, at the right end of the header. They are online, and can be called. */
export async function ViewerMenu({ user }: { user: { id: string; name: string; email?: string } }) {
  const { count } = await (await getCaller()).bell.unread();
  return (
    <>
      <CallsHere userId={user.id} />
      <Bell unread={count} />
      <AccountMenu user={user} />
    </>
  );
}
