import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import { smtpMailer } from '../adapters/mail/smtp';
import { headersOf, startMailServer } from '../adapters/mail/smtp-fixture';
import type { Mailer } from '../adapters/mail/port';
import type { App } from '../app';
import { createUser } from '../identity/service';
import { createQueues } from '../jobs/queue-fixture';
import { testApp } from '../testing';
import * as service from './service';
import type { MailWish } from './types';
import { writeMail } from './write';

let database: TestDatabase;
let app: App;
let server: Awaited<ReturnType<typeof startMailServer>>;
let mailer: Mailer;

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startMailServer();
  mailer = smtpMailer({ url: server.url, from: 'Lectern <lectern@example.test>' });
  await createQueues(database, ['mail-send']);
  app = testApp(database);
});
beforeEach(async () => {
  await database.sql`delete from mails`;
  server.received.length = 0;
});
afterAll(async () => {
  await mailer.close();
  await server.stop();
  await database.drop();
});

const running = new AbortController();
const send = (by: Mailer = mailer) =>
  service.sendDueMails({ app, mailer: by, write: writeMail, signal: running.signal });

function wish(key: string, more: Partial<MailWish> = {}): MailWish {
  return {
    key,
    to: { address: `${key}@example.test`, name: 'Zoe', userId: null },
    template: 'join-link',
    data: {
      gone: null,
      lessons: [
        {
          title: 'Leaves <img src=x onerror=alert(1)>',
          courseTitle: 'Botany & more',
          at: Date.UTC(2026, 10, 24, 9),
          timeZone: 'Europe/Berlin',
          way: { link: null, path: '/room/botany' },
        },
      ],
    },
    ...more,
  };
}
const states = async () =>
  Object.fromEntries(
    (await database.sql<{ key: string; state: string }[]>`select key, state from mails`).map(
      ({ key, state }) => [key, state],
    ),
  );
const decoded = (raw: string) =>
  raw
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

describe('a mail', () => {
  it('is one mail however often it is asked for, and is sent once by however many workers', async () => {
    const wishes = Array.from({ length: 40 }, (_, index) => wish(`many-${index}`));
    expect(await service.queueMails(app, app.db, [...wishes, ...wishes.slice(0, 5)])).toBe(40);
    expect(await service.queueMails(app, app.db, wishes)).toBe(0);
    await Promise.all([send(), send(), send()]);
    expect(server.received).toHaveLength(40);
    expect(new Set(server.received.map(({ raw }) => headersOf(raw).get('message-id')?.[0])).size).toBe(40);
    await send();
    expect(server.received).toHaveLength(40);
  });

  it('is not sent when the transaction that wanted it does not commit', async () => {
    const failing = app.db.transaction(async (tx) => {
      await service.queueMail(app, tx, wish('undone'));
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    await send();
    expect(server.received).toEqual([]);
  });

  it('shows what people wrote as text, on the clock of its reader or else of the lesson', async () => {
    const user = await createUser(app, {
      email: 'ines@example.test',
      name: 'Ines',
      password: 'a few plain words',
    });
    await database.sql`update users set time_zone = 'America/New_York' where id = ${user.id}`;
    await service.queueMail(
      app,
      app.db,
      wish('hers', { to: { address: user.email, name: 'Ines', userId: user.id } }),
    );
    await service.queueMail(app, app.db, wish('nobodys'));
    await send();
    const [hers, nobodys] = ['ines@example.test', 'nobodys@example.test'].map((address) =>
      decoded(server.received.find(({ to }) => to.includes(address))?.raw ?? ''),
    );
    expect(hers).toContain('4:00 AM EST');
    expect(nobodys).toContain('10:00 AM GMT+1');
    expect(nobodys).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(nobodys?.slice(nobodys.indexOf('text/html'))).not.toContain('<img');
    expect(nobodys).toContain('Botany &amp; more');
  });

  it('with a name that would begin a header goes to nobody, and says why', async () => {
    await service.queueMail(
      app,
      app.db,
      wish('evil', {
        to: { address: 'evil@example.test', name: 'Zoe\r\nBcc: x@example.test', userId: null },
      }),
    );
    await send();
    expect(server.received).toEqual([]);
    expect(await database.sql`select state, problem from mails`).toEqual([
      { state: 'failed', problem: 'A header of the mail breaks its line' },
    ]);
  });

  it('waits for its time, and is dropped when it comes too late', async () => {
    const hour = 3_600_000;
    await service.queueMail(app, app.db, wish('later', { at: new Date(Date.now() + hour) }));
    await service.queueMail(app, app.db, wish('stale', { expiresAt: new Date(Date.now() - hour) }));
    await send();
    expect(server.received).toEqual([]);
    expect(await states()).toEqual({ later: 'queued', stale: 'dropped' });
  });

  it('can be taken back by what its key begins with, and nothing else is', async () => {
    await service.queueMails(
      app,
      app.db,
      ['a%b:1', 'a%b:2', 'axb:3'].map((key) => ({ ...wish('any'), key })),
    );
    await service.dropMails(app.db, ['a%b:']);
    await send();
    expect(await states()).toEqual({ 'a%b:1': 'dropped', 'a%b:2': 'dropped', 'axb:3': 'sent' });
  });
});

describe('a try in vain', () => {
  it('is made again later, and in the end it is sent', async () => {
    await service.queueMail(app, app.db, wish('patient'));
    server.refuseNext(451);
    await send();
    expect(await states()).toEqual({ patient: 'queued' });
    await send();
    expect(server.received).toEqual([]);
    await database.sql`update mails set due_at = now()`;
    await send();
    expect(await states()).toEqual({ patient: 'sent' });
    expect(server.received).toHaveLength(1);
  });

  it('of what the mail server will never take is not made again', async () => {
    await service.queueMail(app, app.db, wish('unknown'));
    server.refuseNext(550);
    await send();
    expect(await states()).toEqual({ unknown: 'failed' });
  });
});

describe('a worker that dies', () => {
  const dies = (when: 'before' | 'after'): Mailer => ({
    ...mailer,
    send: async (mail, handing) => {
      if (when === 'after') await mailer.send(mail, handing);
      await new Promise(() => undefined);
    },
  });

  it.each(['before', 'after'] as const)(
    '%s all of a mail was handed over leaves it sent once',
    async (when) => {
      await service.queueMail(app, app.db, wish('once'));
      // It never comes back, as a process that was killed.
      void send(dies(when));
      await vi.waitFor(async () =>
        expect(await states()).toEqual({ once: when === 'before' ? 'sending' : 'handed' }),
      );
      await send();
      expect(server.received).toHaveLength(when === 'before' ? 0 : 1);
      await database.sql`update mails set lease_until = now() - interval '1 second'`;
      await send();
      expect(await states()).toEqual({ once: 'sent' });
      expect(server.received).toHaveLength(1);
    },
  );
});

describe('the mark that all of a mail is on its way', () => {
  const atCommit = (body: string) =>
    database.sql.unsafe(`
      create or replace function at_commit() returns trigger language plpgsql as $$ begin ${body} return null; end $$;
      create constraint trigger at_commit after update on mails deferrable initially deferred
        for each row when (new.state = 'handed') execute function at_commit();`);
  afterEach(() => database.sql.unsafe('drop function if exists at_commit cascade'));

  it('is not waited for: who is killed before Postgres answers has not kept the mail back', async () => {
    await atCommit('perform pg_advisory_xact_lock(7);');
    await service.queueMail(app, app.db, wish('quick'));
    const taken = database.sql.begin(async (hold) => {
      await hold`select pg_advisory_xact_lock(7)`;
      const sending = send();
      // Its COMMIT waits for us, the mail is there.
      await vi.waitFor(() => expect(server.received).toHaveLength(1));
      expect(await states()).toEqual({ quick: 'sending' });
      return { sending };
    });
    await (await taken).sending;
    expect(await states()).toEqual({ quick: 'sent' });
    expect(server.received).toHaveLength(1);
  });

  it('may fail: what the mail server took is not sent again', async () => {
    await atCommit("raise exception 'the disk is full';");
    await service.queueMail(app, app.db, wish('once'));
    await send();
    expect(await states()).toEqual({ once: 'sent' });
    await database.sql`update mails set due_at = now(), lease_until = now() - interval '1 second'`;
    await send();
    expect(server.received).toHaveLength(1);
  });
});

it('a link to switch mails off is refused when it is forged', async () => {
  for (const token of ['', 'x.y', `${app.newId()}.${'A'.repeat(32)}`, '__proto__.x']) {
    await expect(service.readOff(app, token)).rejects.toThrow('LINK_INVALID');
    await expect(service.setOff(app, token, true)).rejects.toThrow('LINK_INVALID');
  }
});

it('the mailbox is there only without a mail server, and where it was opened', async () => {
  const closed = { ...app, env: { ...app.env, LECTERN_MAILBOX: false } };
  const withServer = { ...app, env: { ...app.env, SMTP_URL: 'smtp://127.0.0.1' } };
  expect(await service.readMailbox(app, null)).toEqual([]);
  for (const other of [closed, withServer]) {
    await expect(service.readMailbox(other, null)).rejects.toThrow('NOT_FOUND');
    await expect(service.readMailboxMail(other, 'x')).rejects.toThrow('NOT_FOUND');
  }
});
