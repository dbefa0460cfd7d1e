import { expect, test } from '@playwright/test';
import { killLivekit, restartLivekit } from './support/livekit';

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
