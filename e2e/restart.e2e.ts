import { expect, test } from '@playwright/test';
import type { RoomLog } from '@/components/room-log/types';
import { makePerson, startClass } from './support/people';
import { openRoomLog } from './support/room-client';
import { startWebProcess, type WebProcess } from './support/web-process';

test('T7: web processes are replaced in the middle of a class, and it loses no command and nobody', async ({
  browser,
}, info) => {
  const teacher = await makePerson(browser, 'Tess Rolling');
  const student = await makePerson(browser, 'Sam Rolling');
  const { slug } = await startClass(teacher, [student]);
  const web = await Promise.all([0, 1].map((n) => startWebProcess(info.outputPath(`web-${n}.log`))));
  const bases = () => web.map(({ url }) => url);
  const logs = await Promise.all(
    [teacher, teacher, student, student].map((who) => openRoomLog(who, slug, bases)),
  );
  const disconnects: unknown[] = [];
  const connections: string[] = [];
  logs[0]?.onEvent((event) => {
    if (event.type === 'person.disconnected') disconnects.push(event);
  });
  for (const log of logs) {
    log.connect();
    log.subscribe(() => connections.push(log.getView().connection.kind));
  }
  for (const log of logs) await expect.poll(() => log.getView().connection.kind).toBe('live');

  let going = true;
  const talking = logs.map((log, who) => talk(log, who, () => going));
  for (const n of [0, 1]) await replace(web, n, info.outputPath(`web-${n}.log`));
  going = false;
  const said = (await Promise.all(talking)).flat();
  const lastSeq = Math.max(...said.map(({ seq }) => seq));

  for (const log of logs) {
    await expect.poll(() => log.getView().head.seq).toBeGreaterThanOrEqual(lastSeq);
    while (log.getView().chat.hasOlder) await log.loadOlderChat();
    const heard = log.getView().chat.messages.map(({ text }) => text);
    expect(heard.toSorted()).toEqual(said.map(({ text }) => text).toSorted());
  }
  expect(said.length).toBeGreaterThan(logs.length);
  expect(disconnects).toEqual([]);
  for (const log of logs) log.close();
  for (const { running } of web) await running.stop();
});

type Said = { text: string; seq: number };

/** Says one thing after another, each when the one before is answered; gives all that was acknowledged. */
async function talk(log: RoomLog, who: number, going: () => boolean): Promise<Said[]> {
  const said: Said[] = [];
  while (going()) {
    const text = `${who}: ${said.length}`;
    const answer = await log.send({ type: 'chat.send', payload: { text, to: null } });
    if (!answer.ok) throw new Error(`${text} was refused: ${answer.code}`);
    said.push({ text, seq: answer.seqs[0] ?? 0 });
  }
  return said;
}

/** Ends a web process as a deployment does, and starts the next one in its place. */
async function replace(web: WebProcess[], n: number, logFile: string): Promise<void> {
  const old = web[n];
  if (!old) throw new Error('no such process');
  const stopping = old.running.stop(10_000);
  await expect.poll(() => old.readiness()).toBe(503);
  await stopping;
  // It went by itself: who does not within ten seconds is killed, and says so.
  expect(await old.running.ended).toBe('exit code 143');
  web[n] = await startWebProcess(logFile, Number(new URL(old.url).port));
}
