import { Avatar } from '@/components/ui/avatar';

/** Who is signed in. */
export function ViewerMenu({ user }: { user: { id: string; name: string } }) {
  return (
    <span className="flex items-center gap-2 text-sm">
      <Avatar name={user.name} seed={user.id} />
      <span className="max-sm:sr-only">{user.name}</span>
    </span>
  );
}
