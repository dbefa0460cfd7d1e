import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { SMTPServer } from 'smtp-server';
import { root } from '../../stack/folders';
import { migrateDatabase } from '../../stack/migrate';
import { takeFreePorts } from '../../stack/ports';
import { waitFor } from '../../stack/processes';

const DUE = 10_000;
/** One of the workers is killed when so many mails have arrived. */
const KILL_AT = 3_000;
const PATIENCE = { timeoutMs: 8 * 60_000 };

/** `sent`: reminders that arrived, each counted once; `doubled`: those that arrived more than once. */
export type ReminderFigures = { due: number; sent: number; doubled: number };

/**
 * 10,000 reminders that are due at the same moment, sent by two worker processes to a mail server, of which one process is killed (SIGKILL) in the
 * middle. On a database of its own.
 * @param databaseUrl  any database of a Postgres that may make others
 */
export async function measureReminders(databaseUrl: string): Promise<ReminderFigures> {
  const name = `reminders_${Date.now()}`;
  const admin = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  const folder = await mkdtemp(path.join(tmpdir(), 'lectern-reminders-'));
  const mail = await receiveMail();
  const ends: (() => Promise<void>)[] = [() => mail.stop()];
  try {
    await admin.unsafe(`create database ${name}`);
    const own = databaseUrl.replace(/[^/]*$/, name);
    await migrateDatabase(own);
    const sql = postgres(own, { max: 2, onnotice: () => undefined });
    ends.unshift(() => sql.end());
    const workers = [await startWorker(own, mail.url, folder), await startWorker(own, mail.url, folder)];
    ends.unshift(() => stopAll(workers));
    await addLessons(sql);
    await waitFor('the first reminders', () => Promise.resolve(mail.arrived.length >= KILL_AT), PATIENCE);
    workers[0]?.kill('SIGKILL');
    console.error(`a worker was killed after ${mail.arrived.length} reminders`);
    await waitFor('all reminders', async () => (await left(sql)) === 0, PATIENCE);
    const perMail = new Map<string, number>();
    for (const id of mail.arrived) perMail.set(id, (perMail.get(id) ?? 0) + 1);
    const doubled = [...perMail.values()].filter((times) => times > 1).length;
    return { due: DUE, sent: perMail.size, doubled };
  } finally {
    for (const end of ends) await end();
    await admin.unsafe(`drop database if exists ${name} with (force)`);
    await admin.end();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A mail server that keeps the Message-ID of all that arrives whole. */
async function receiveMail() {
  const arrived: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => void parts.push(part));
      stream.on('end', () => {
        const [, id = ''] = /^Message-ID: <(.*)>/im.exec(Buffer.concat(parts).toString('latin1')) ?? [];
        // By reader too: each has a mail of their own.
        arrived.push(`${id} ${session.envelope.rcptTo.map(({ address }) => address).join()}`);
        done();
      });
    },
  });
  server.on('error', (error: Error) => console.error(`the mail server lost a connection: ${error.message}`));
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const address = server.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { url: `smtp://127.0.0.1:${port}`, arrived, stop };
}

async function startWorker(databaseUrl: string, smtpUrl: string, folder: string) {
  const [port = 0] = await takeFreePorts(1);
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/worker.ts'], {
    cwd: root,
    stdio: ['ignore', 2, 'inherit'],
    env: {
      ...process.env,
      ...{ NODE_ENV: 'production', S3_BUCKET: '', UPLOADTHING_TOKEN: '', LECTERN_LOG_LEVEL: 'error' },
      ...{ DATABASE_URL: databaseUrl, SMTP_URL: smtpUrl, LECTERN_STATE_DIR: folder },
      LECTERN_SECRET: 'a secret that only this bench knows, 32+',
      LECTERN_URL: 'http://localhost:1',
      LECTERN_FILES_URL: `http://127.0.0.1:${port}`,
      ...{ LIVEKIT_URL: 'ws://127.0.0.1:1', LIVEKIT_API_KEY: 'none' },
      LIVEKIT_API_SECRET: 'a secret that only this bench knows, 32+',
    },
  });
  const answers = () =>
    fetch(`http://127.0.0.1:${port}/health`).then(
      (answer) => answer.ok,
      () => false,
    );
  await waitFor('a worker', answers, PATIENCE);
  return child;
}

async function stopAll(workers: Awaited<ReturnType<typeof startWorker>>[]): Promise<void> {
  for (const worker of workers) {
    if (worker.exitCode !== null || worker.signalCode !== null) continue;
    worker.kill('SIGTERM');
    await once(worker, 'exit');
  }
}

/** A hundred lessons that begin in an hour, each with its teacher and 99 others. */
async function addLessons(sql: postgres.Sql): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`insert into users (id, email, name)
      select gen_random_uuid(), 'person' || n || '@example.test', 'Person ' || n from generate_series(1, ${DUE}) n`;
    await tx`insert into courses (id, owner_id, title)
      select gen_random_uuid(), id, 'Course of ' || name from users where email like '%00@example.test'`;
    await tx`insert into rooms (id, course_id, slug) select gen_random_uuid(), id, 'room-' || id from courses`;
    await tx`insert into enrolments (course_id, user_id, role)
      select c.id, u.id, 'student' from (select id, row_number() over (order by id) as n from courses) c
      join (select id, row_number() over (order by id) as n from users
        where id not in (select owner_id from courses)) u on (u.n - 1) / 99 = c.n - 1`;
    await tx`insert into lessons (id, course_id, room_id, title, starts_at, duration_minutes, time_zone, created_at)
      select gen_random_uuid(), c.id, r.id, 'Lesson', now() + interval '59 minutes', 45, 'Europe/Berlin', now() - interval '2 days'
      from courses c join rooms r on r.course_id = c.id`;
  });
}

/** Reminders that are still to be sent, written or not. */
async function left(sql: postgres.Sql): Promise<number> {
  const [row] = await sql<{ settled: number }[]>`
    select count(*)::int as settled from mails where state in ('sent', 'dropped', 'failed')`;
  return DUE - (row?.settled ?? 0);
}
