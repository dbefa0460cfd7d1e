import { useTranslations } from 'next-intl';
import { Avatar } from '@/components/ui/avatar';
import type { Presence } from './use-reach';

type Props = { person: { id: string; name: string }; presence: Presence | null };

/** A person, with a quiet dot while they are there. The dot is round where they can be called, and a ring where they are busy. */
export function PresentAvatar({ person, presence }: Props) {
  const t = useTranslations('calls.people');
  const there = presence === 'online' || presence === 'busy' ? presence : null;
  return (
    <span className="relative grid shrink-0">
      <Avatar name={person.name} seed={person.id} />
      {there && (
        <>
          <span
            aria-hidden
            title={t(there)}
            className={`absolute -right-0.5 -bottom-0.5 size-2.5 rounded-full ring-2 ring-surface ${there === 'online' ? 'bg-ok' : 'border-2 border-warn bg-surface'}`}
          />
          <span className="sr-only">{t(there)}</span>
        </>
      )}
    </span>
  );
}
