import { FileWarning, UserPlus } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useRefusalSentence } from '@/components/refusal-sentence';
import type { Home } from './types';

/** What waits for a teacher; nothing while nothing does. */
export function TodoList({ requests, failed }: Pick<Home, 'requests' | 'failed'>) {
  const t = useTranslations('home');
  const sentenceOf = useRefusalSentence();
  if (requests.length === 0 && failed.length === 0) return null;
  return (
    <section aria-labelledby="todo" className="flex flex-col gap-2">
      <h2 id="todo" className="font-semibold text-base">
        {t('todo')}
      </h2>
      <ul className="divide-y divide-line border-line border-y">
        {requests.map(({ courseId, title, count }) => (
          <TodoRow
            key={courseId}
            href={`/courses/${courseId}/settings/people`}
            icon={<UserPlus size={16} />}
            text={t('requests', { count, course: title })}
            action={t('decide')}
          />
        ))}
        {failed.map(({ id, name, failure }) => (
          <TodoRow
            key={id}
            href="/library"
            icon={<FileWarning size={16} />}
            text={name}
            more={sentenceOf({ code: failure ?? 'INTERNAL' })}
            action={t('toLibrary')}
          />
        ))}
      </ul>
    </section>
  );
}

type RowProps = { href: string; icon: ReactNode; text: string; more?: string; action: string };

function TodoRow({ href, icon, text, more, action }: RowProps) {
  return (
    <li className="flex items-center gap-3 py-2.5">
      <span aria-hidden className="shrink-0 text-warn-ink">
        {icon}
      </span>
      <span className="flex min-w-0 flex-1 flex-col text-sm">
        <span className="[overflow-wrap:anywhere]">{text}</span>
        {more && <span className="text-ink-2 text-xs">{more}</span>}
      </span>
      <Link
        href={href}
        prefetch={false}
        className="shrink-0 rounded-control px-2 py-1 text-accent text-sm hover:bg-ink/6"
      >
        {action}
      </Link>
    </li>
  );
}
