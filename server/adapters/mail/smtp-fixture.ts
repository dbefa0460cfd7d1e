import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';

export type ReceivedMail = { to: string[]; raw: string };

/** What the server does with the next mail instead of taking it. */
type Mood = { kind: 'takes' } | { kind: 'refuses'; code: number };

/** A mail server of one's own, on this machine alone: it takes mail for anybody and keeps it. */
export async function startMailServer() {
  const received: ReceivedMail[] = [];
  let mood: Mood = { kind: 'takes' };
  let held: (() => void)[] | null = null;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onRcptTo(_address, _session, done) {
      if (held) held.push(() => done());
      else done();
    },
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => void parts.push(part));
      stream.on('end', () => {
        if (mood.kind === 'refuses') {
          const { code } = mood;
          mood = { kind: 'takes' };
          return done(Object.assign(new Error('Not now'), { responseCode: code }));
        }
        const raw = Buffer.concat(parts).toString('utf8');
        received.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw });
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const address = server.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    /** Refuses one mail, after all of it, with this code. */
    refuseNext: (code: number) => void (mood = { kind: 'refuses', code }),
    /** From now on the server says nothing once it has been told whom a mail is for: how many mails wait so, and what lets them go on. */
    hold: () => {
      held = [];
    },
    heldMails: () => held?.length ?? 0,
    letGo: () => {
      for (const goOn of held ?? []) goOn();
      held = null;
    },
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** The headers of a mail, unfolded, by their names in lower case. */
export function headersOf(raw: string): Map<string, string[]> {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  const headers = new Map<string, string[]>();
  for (const line of head.split('\r\n')) {
    const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
    headers.set(name.toLowerCase(), [...(headers.get(name.toLowerCase()) ?? []), value]);
  }
  return headers;
}
