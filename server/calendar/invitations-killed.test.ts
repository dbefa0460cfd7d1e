import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import type { App } from '../app';
import { enqueue } from '../jobs/queue';
import { createQueues } from '../jobs/queue-fixture';
import { testApp } from '../testing';
import { startWorkerProcess, type WorkerProcess } from '../worker-fixture';
import { makeWorld } from './invitations-fixture';

const PEOPLE = 120;
/** So many mails arrive before the mail server answers nothing any more. */
const ANSWERED = 40;
const PATIENCE = { timeout: 90_000, interval: 50 };

let database: TestDatabase;
let app: App;
let folder: string;
beforeAll(async () => {
  database = await createTestDatabase();
  await createQueues(database, ['invitations', 'mail-send']);
  app = testApp(database);
  folder = await mkdtemp(path.join(tmpdir(), 'lectern-invitations-'));
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

/** A lesson whose people, without the teacher, are to be told of it by now. */
async function lessonOfMany(): Promise<void> {
  const world = makeWorld(app, database);
  const { courseId } = await world.lesson();
  await database.sql`insert into users (id, email, name)
    select gen_random_uuid(), 'many' || n || '@example.test', 'Many' from generate_series(1, ${PEOPLE - 1}) n`;
  await database.sql`insert into enrolments (course_id, user_id, role)
    select ${courseId}, id, 'student' from users where name = 'Many'`;
  await world.letTimePass();
}

/** A mail server that stops answering: of every two mails one has arrived whole by then, and of one it knows only for whom it is. */
async function fallingSilent() {
  const arrived: string[] = [];
  const held = { whole: 0, begun: 0 };
  let silent = false;
  let turn = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    closeTimeout: 1_000,
    onRcptTo(_address, _session, answer) {
      if (arrived.length < ANSWERED || !silent) return answer();
      turn += 1;
      if (turn % 2 === 0) return answer();
      held.begun += 1;
    },
    onData(stream, session, answer) {
      stream.resume();
      stream.on('end', () => {
        arrived.push(session.envelope.rcptTo.map(({ address }) => address).join());
        if (silent && arrived.length > ANSWERED) held.whole += 1;
        else answer();
      });
    },
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const address = server.server.address();
  const url = `smtp://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { url, arrived, held, stop, fallSilent: (to: boolean) => (silent = to) };
}

async function kill({ child, ended }: WorkerProcess): Promise<void> {
  child.kill('SIGKILL');
  await ended;
}
const tell = () => enqueue(app, app.db, 'invitations', { again: 0 });
const count = async (what: 'mails' | 'calendar_invitations' | 'personal_links') => {
  const [row] = await database.sql<{ count: number }[]>`select count(*)::int from ${database.sql(what)}`;
  return row?.count;
};

test('of workers that are killed while they write invitations, and while they send them, nobody gets a mail less or more', async () => {
  await lessonOfMany();
  const smtp = await fallingSilent();
  const start = () => startWorkerProcess(database.url, folder, { SMTP_URL: smtp.url });
  const writer = await start();
  const workers = [writer];
  try {
    // Links and what is in whose calendar are written, mails wait for this.
    await database.sql.begin(async (hold) => {
      await hold`lock table mails in share mode`;
      await tell();
      await vi.waitFor(async () => {
        const waiting =
          await database.sql`select from pg_locks where relation = 'mails'::regclass and not granted`;
        expect(waiting).not.toHaveLength(0);
      }, PATIENCE);
      await kill(writer);
    });
    // What it had begun comes to nothing.
    await vi.waitFor(async () => {
      const left = await database.sql`select from pg_locks where relation = 'mails'::regclass`;
      expect(left).toHaveLength(0);
    }, PATIENCE);
    expect([
      await count('mails'),
      await count('calendar_invitations'),
      await count('personal_links'),
    ]).toEqual([0, 0, 0]);

    smtp.fallSilent(true);
    const sender = await start();
    workers.push(sender);
    await tell();
    // All of its connections wait for the mail server, some before the end of their mail and some after it.
    await vi.waitFor(() => {
      expect(smtp.held.whole).toBeGreaterThan(0);
      expect(smtp.held.whole + smtp.held.begun).toBe(5);
    }, PATIENCE);
    await kill(sender);
    smtp.fallSilent(false);
    // A minute later.
    await database.sql`update mails set lease_until = now() - interval '1 second' where lease_until is not null`;

    workers.push(await start());
    await enqueue(app, app.db, 'mail-send', {});
    await vi.waitFor(async () => {
      const left = await database.sql`select state from mails where state <> 'sent'`;
      expect(left).toHaveLength(0);
    }, PATIENCE);
    const emails = await database.sql<{ email: string }[]>`
      select u.email from enrolments e join users u on u.id = e.user_id`;
    expect(emails).toHaveLength(PEOPLE);
    expect(smtp.arrived.toSorted()).toEqual(emails.map(({ email }) => email).toSorted());
    expect(await count('calendar_invitations')).toBe(PEOPLE);
  } finally {
    await Promise.all(workers.map(kill));
    await smtp.stop();
  }
}, 240_000);
