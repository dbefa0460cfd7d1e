import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import { findInMailbox, listMailbox, mailboxStore } from '@/server/mail/queries';
import { mailboxMailer } from './mailbox';
import { type Mailer, MailRefusedError, type OutgoingMail } from './port';
import { smtpMailer } from './smtp';
import { headersOf, startMailServer } from './smtp-fixture';

let database: TestDatabase;
let server: Awaited<ReturnType<typeof startMailServer>>;
let mailers: Record<'smtp' | 'mailbox', Mailer>;

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startMailServer();
  mailers = {
    smtp: smtpMailer({ url: server.url, from: 'Lectern <lectern@example.test>' }),
    mailbox: mailboxMailer(mailboxStore(database.db)),
  };
});
afterAll(async () => {
  await Promise.all([mailers.smtp.close(), mailers.mailbox.close()]);
  await server.stop();
  await database.drop();
});

let count = 0;
function mail(more: Partial<OutgoingMail> = {}): OutgoingMail {
  count += 1;
  return {
    messageId: `mail-${count}@example.test`,
    to: { name: 'Zoë Müller', address: `zoe.${count}@example.test` },
    subject: 'Übermorgen: “Leaves” <b>and</b> light',
    text: 'Hello',
    html: '<p>Hello</p>',
    headers: { 'List-Unsubscribe': '<https://lectern.example.test/off>' },
    calendar: { method: 'REQUEST', content: 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR' },
    ...more,
  };
}
const nothing = () => Promise.resolve();

const HOSTILE: Record<string, Partial<OutgoingMail>> = {
  'a name that begins a header': {
    to: { name: 'Zoe\r\nBcc: victim@example.test', address: 'a@example.test' },
  },
  'a name with a line separator': { to: { name: 'Zoe\u2028Bcc: victim', address: 'a@example.test' } },
  'a subject that begins a header': { subject: 'Hello\nBcc: victim@example.test' },
  'an address that begins a header': {
    to: { name: 'Zoe', address: 'a@example.test\r\nBcc: b@example.test' },
  },
  'two addresses in one': { to: { name: 'Zoe', address: 'a@example.test, b@example.test' } },
  'an address in brackets': { to: { name: 'Zoe', address: '<a@example.test> SIZE=1' } },
  'a quoted address': { to: { name: 'Zoe', address: '"a@b"@example.test' } },
  'no address': { to: { name: 'Zoe', address: 'zoe' } },
  'a header of ours that breaks its line': { headers: { 'List-Unsubscribe': '<x>\r\nBcc: b@example.test' } },
  'a header without a name': { headers: { 'Bcc: b@example.test\r\nX': 'y' } },
  'a Message-ID that begins a header': { messageId: 'a@b>\r\nBcc: <b@example.test' },
};

describe.each(['smtp', 'mailbox'] as const)('mail by %s', (kind) => {
  const arrivedAt = async (address: string) =>
    kind === 'smtp'
      ? server.received.filter(({ to }) => to.includes(address)).length
      : (await listMailbox(database.db, address)).length;

  it('arrives once', async () => {
    const one = mail();
    await mailers[kind].send(one, nothing);
    expect(await arrivedAt(one.to.address)).toBe(1);
  });

  it.each(Object.keys(HOSTILE))('refuses %s for good, and sends nothing', async (what) => {
    const handing = vi.fn<() => Promise<void>>(nothing);
    const [smtp, kept] = [server.received.length, (await listMailbox(database.db, null)).length];
    await expect(mailers[kind].send(mail(HOSTILE[what]), handing)).rejects.toThrow(MailRefusedError);
    expect(handing).not.toHaveBeenCalled();
    expect(server.received).toHaveLength(smtp);
    expect(await listMailbox(database.db, null)).toHaveLength(kept);
  });
});

describe('mail by smtp', () => {
  it('says who it is for, what it is and how it is switched off, in headers that any program reads', async () => {
    const one = mail();
    await mailers.smtp.send(one, nothing);
    const raw = server.received.at(-1)?.raw ?? '';
    const headers = headersOf(raw);
    expect(headers.get('message-id')).toEqual([`<${one.messageId}>`]);
    expect(headers.get('list-unsubscribe')).toEqual(['<https://lectern.example.test/off>']);
    expect(headers.get('from')).toEqual(['Lectern <lectern@example.test>']);
    expect(headers.get('to')?.[0]).toContain(`<${one.to.address}>`);
    expect(headers.get('bcc')).toBeUndefined();
    expect(raw).toMatch(/Content-Type: text\/calendar; charset=utf-8; method=REQUEST/);
    expect(raw).toContain('Content-Type: text/plain');
    expect(raw).toContain('Content-Type: text/html');
  });

  it('asks before the last of it is out: what may not be sent any more is not taken', async () => {
    const one = mail();
    const late = () => Promise.reject(new Error('somebody else has it'));
    await expect(mailers.smtp.send(one, late)).rejects.toThrow('somebody else has it');
    expect(server.received.filter(({ to }) => to.includes(one.to.address))).toEqual([]);
    const next = mail();
    await mailers.smtp.send(next, nothing);
    expect(server.received.at(-1)?.to).toEqual([next.to.address]);
  });

  it('asks nothing as long as the server has not asked for what is in it: who dies before has given nothing away', async () => {
    server.hold();
    const handing = vi.fn<() => Promise<void>>(nothing);
    const one = mail();
    const sent = mailers.smtp.send(one, handing);
    await vi.waitFor(() => expect(server.heldMails()).toBe(1));
    expect(handing).not.toHaveBeenCalled();
    server.letGo();
    await sent;
    expect(handing).toHaveBeenCalledOnce();
    expect(server.received.at(-1)?.to).toEqual([one.to.address]);
  });

  it('tells what is refused for good from what may be tried again', async () => {
    server.refuseNext(550);
    await expect(mailers.smtp.send(mail(), nothing)).rejects.toThrow(MailRefusedError);
    server.refuseNext(451);
    const again = mailers.smtp.send(mail(), nothing);
    await expect(again).rejects.not.toThrow(MailRefusedError);
  });

  it('fails where nobody listens, and may be tried again', async () => {
    const away = smtpMailer({ url: 'smtp://127.0.0.1:1', from: 'lectern@example.test' });
    await expect(away.send(mail(), nothing)).rejects.toThrow('ECONNREFUSED');
    await away.close();
  });
});

it('the mailbox keeps a mail that comes twice once, with all that belongs to it', async () => {
  const one = mail();
  await mailers.mailbox.send(one, nothing);
  await mailers.mailbox.send({ ...one, subject: 'again' }, nothing);
  expect(await listMailbox(database.db, one.to.address)).toHaveLength(1);
  expect(await findInMailbox(database.db, one.messageId)).toMatchObject({
    subject: one.subject,
    text: 'Hello',
    html: '<p>Hello</p>',
    headers: one.headers,
    calendar: one.calendar?.content,
  });
});
