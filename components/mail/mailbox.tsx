import type { inferRouterOutputs } from '@trpc/server';
import { Inbox } from 'lucide-react';
import Link from 'next/link';
import { type DateTimeFormatOptions, useFormatter, useTranslations } from 'next-intl';
import { EmptyState } from '@/components/ui/empty-state';
import type { AppRouter } from '@/server/router';

type Outputs = inferRouterOutputs<AppRouter>['mail'];
type Mails = Outputs['mailbox'];
type Mail = Outputs['mailboxMail'];
type Props = { mails: Mails; open: Mail | null; to: string | null };

/** Mail that reached nobody, because this Lectern has no mail server: for whoever sets it up or tries it out. */
export function Mailbox({ mails, open, to }: Props) {
  const t = useTranslations('mailbox');
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-col gap-1">
        <h1 className="font-semibold text-xl">{t('title')}</h1>
        <p className="max-w-prose text-ink-2 text-sm">{t('lead')}</p>
      </div>
      {mails.length === 0 && (
        <EmptyState icon={<Inbox size={20} />} title={t('emptyTitle')}>
          {t('emptyText')}
        </EmptyState>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6 lg:grid-cols-[20rem_minmax(0,1fr)]">
        <ul
          aria-label={t('title')}
          className="divide-y divide-line self-start border-line border-y empty:hidden"
        >
          {mails.map((mail) => (
            <MailLine key={mail.messageId} mail={mail} to={to} here={mail.messageId === open?.messageId} />
          ))}
        </ul>
        {open && <OpenMail mail={open} />}
      </div>
    </div>
  );
}

/** The server does not know on whose clock it is read, and says so. */
const RECEIVED: DateTimeFormatOptions = {
  ...{
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    second: '2-digit',
  },
  ...{ timeZone: 'UTC', timeZoneName: 'short' },
};

function MailLine({ mail, to, here }: { mail: Mails[number]; to: string | null; here: boolean }) {
  const format = useFormatter();
  const query = { ...(to && { to }), mail: mail.messageId };
  return (
    <li>
      <Link
        href={{ pathname: '/dev/mailbox', query }}
        aria-current={here ? 'true' : undefined}
        className={`flex flex-col gap-0.5 px-2 py-2.5 hover:bg-ink/4 ${here ? 'bg-ink/6' : ''}`}
      >
        <span className="truncate font-medium text-sm">{mail.subject}</span>
        <span className="truncate text-ink-2 text-xs">{mail.toAddress}</span>
        <time dateTime={new Date(mail.receivedAt).toISOString()} className="text-ink-2 text-xs tabular-nums">
          {format.dateTime(new Date(mail.receivedAt), RECEIVED)}
        </time>
      </Link>
    </li>
  );
}

function OpenMail({ mail }: { mail: Mail }) {
  const t = useTranslations('mailbox');
  return (
    <article aria-label={mail.subject} className="flex min-w-0 flex-col gap-4">
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm [overflow-wrap:anywhere]">
        <dt className="text-ink-2">{t('to')}</dt>
        <dd>{`${mail.toName} <${mail.toAddress}>`}</dd>
        <dt className="text-ink-2">{t('subject')}</dt>
        <dd className="font-medium">{mail.subject}</dd>
      </dl>
      {/* What people wrote is in it: no script runs in the frame, and its links open beside it. */}
      <iframe
        title={t('html')}
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        srcDoc={`<base target="_blank">${mail.html}`}
        className="h-[32rem] w-full rounded-panel border border-line bg-white"
      />
      <Source title={t('text')} text={mail.text} />
      {mail.calendar && <Source title={t('calendar')} text={mail.calendar} />}
      <Source
        title={t('headers')}
        text={Object.entries(mail.headers)
          .map(([name, value]) => `${name}: ${value}`)
          .join('\n')}
      />
    </article>
  );
}

function Source({ title, text }: { title: string; text: string }) {
  return (
    <details>
      <summary className="cursor-pointer font-medium text-sm">{title}</summary>
      <pre className="mt-2 overflow-x-auto whitespace-pre-wrap rounded-control border border-line bg-surface-2 p-3 text-xs [overflow-wrap:anywhere]">
        {text}
      </pre>
    </details>
  );
}
