import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { killLivekit, restartLivekit } from './support/livekit';
import { makePerson, startClass } from './support/people';

test('health names the part that is away, and that it is back', async ({ request }) => {
  const livekit = async () => {
    const response = await request.get('/api/health?ready');
    const health = await response.json();
    return {
      status: response.status(),
      database: health.parts.database.state,
      livekit: health.parts.livekit.state,
    };
  };
  expect(await livekit()).toEqual({ status: 200, database: 'ok', livekit: 'ok' });
  await killLivekit();
  try {
    expect(await livekit()).toEqual({ status: 200, database: 'ok', livekit: 'away' });
  } finally {
    await restartLivekit();
  }
  expect(await livekit()).toEqual({ status: 200, database: 'ok', livekit: 'ok' });
});

test('metrics count what happens in the rooms of the process', async ({ browser, request }) => {
  const teacher = await makePerson(browser, 'Tess Counts');
  const { roomId } = await startClass(teacher);
  const value = async (line: string) => {
    const text = await (await request.get('/api/metrics')).text();
    return Number(
      text
        .split('\n')
        .find((one) => one.startsWith(`${line} `))
        ?.slice(line.length),
    );
  };
  const messages = await value('lectern_chat_messages_total');
  const refused = 'lectern_command_refusals_total{code="NOT_FOUND"}';
  const refusals = (await value(refused)) || 0;
  const said = { id: randomUUID(), type: 'chat.send', payload: { text: 'counted', to: null } };
  const turned = { id: randomUUID(), type: 'page.turn', payload: { documentId: randomUUID(), page: 2 } };
  await teacher.api.rooms.send.mutate({ roomId, commands: [said, turned] });
  expect(await value('lectern_chat_messages_total')).toBe(messages + 1);
  expect(await value(refused)).toBe(refusals + 1);
  expect(await value('process_resident_memory_bytes')).toBeGreaterThan(0);
});
