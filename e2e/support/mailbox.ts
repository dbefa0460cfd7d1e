import { expect } from '@playwright/test';
import postgres from 'postgres';
import type { Someone } from './people';

export type ReceivedMail = Awaited<ReturnType<Someone['api']['mail']['mailboxMail']['query']>>;

/** The newest mail to an address whose subject is like that, once it is there. */
export async function mailTo({ api }: Pick<Someone, 'api'>, address: string, subject: RegExp) {
  let found: ReceivedMail | null = null;
  await expect
    .poll(
      async () => {
        const lines = await api.mail.mailbox.query({ to: address });
        const line = lines.find((one) => subject.test(one.subject));
        found = line ? await api.mail.mailboxMail.query({ messageId: line.messageId }) : null;
        return found === null ? lines.map((one) => one.subject) : 'there';
      },
      { timeout: 60_000, intervals: [500] },
    )
    .toBe('there');
  return found as unknown as ReceivedMail;
}

/** The half minute is over in which people may take back what they did: they are told of it now. */
export async function letNoticesFallDue(): Promise<void> {
  const sql = postgres(process.env.DATABASE_URL ?? '', { max: 1 });
  await sql`update lessons set notice_due_at = now() where notice_due_at is not null`;
  await sql`update lesson_series set notice_due_at = now() where notice_due_at is not null`;
  await sql`update calendar_checks set due_at = now()`;
  await sql.end();
}
