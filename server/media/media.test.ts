import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import { cacheFolder } from '@/scripts/stack/folders';
import { type Livekit, startLivekit } from '@/scripts/stack/livekit';
import { findLivekit } from '@/scripts/stack/livekit-install';
import { takeFreePorts } from '@/scripts/stack/ports';
import type { App } from '../app';
import { ask, enter, makeRoom, type RoomFixture } from '../rooms/rooms-fixture';
import { appendSystem } from '../rooms/service';
import { testApp } from '../testing';
import { followRoomEvents } from './effects';
import { checkPerson, mediaGrant, reconcile, takeWebhook } from './service';

// A real LiveKit and a real Postgres. People join by LiveKit's own signalling, without sending media.
let folder: string;
let livekit: Livekit;
let database: TestDatabase;
let app: App;
let room: RoomFixture;
const sockets: WebSocket[] = [];

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'lectern-media-'));
  const [signal = 0, tcp = 0, udp = 0] = await takeFreePorts(3);
  livekit = await startLivekit({
    binary: await findLivekit(cacheFolder(), () => {}),
    folder,
    ports: { signal, tcp, udp },
    webhookUrl: 'http://127.0.0.1:9/none',
    record: () => {},
  });
  database = await createTestDatabase();
  app = testApp(database, {
    LIVEKIT_URL: livekit.url,
    LIVEKIT_API_KEY: livekit.apiKey,
    LIVEKIT_API_SECRET: livekit.apiSecret,
  });
  followRoomEvents();
}, 240_000);

afterAll(async () => {
  await livekit.stop();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  room = await makeRoom(database, app);
  await enter(app, room.student);
});

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});

async function joinWith(token: string): Promise<void> {
  const socket = new WebSocket(
    `${livekit.url}/rtc?access_token=${token}&auto_subscribe=1&protocol=15&sdk=js`,
  );
  sockets.push(socket);
  await new Promise<void>((resolve, reject) => {
    socket.onmessage = () => resolve();
    socket.onerror = () => reject(new Error('LiveKit did not let them in'));
  });
}

const inMedia = async (id: string) => app.mediaServer.participant(room.roomId, id);

test('a student joins with the rights that the log gives, and a new right reaches the media server', async () => {
  const grant = await mediaGrant(app, room.student);
  expect(grant?.url).toBe(livekit.url);
  await joinWith(grant?.token ?? '');
  const before = await inMedia(room.student.id);
  expect(before?.permission.sources).not.toContain('screen');
  const rights = { microphone: true, camera: false, draw: true };
  await ask(app, room.teacher, { type: 'rights.set', payload: { participantId: room.student.id, rights } });
  await vi.waitFor(async () => {
    expect((await inMedia(room.student.id))?.permission).toEqual({ sources: ['microphone'], data: true });
  });
});

test('who is removed is out, and out again with the old token', async () => {
  const grant = await mediaGrant(app, room.student);
  await joinWith(grant?.token ?? '');
  await ask(app, room.teacher, { type: 'person.remove', payload: { participantId: room.student.id } });
  await vi.waitFor(async () => expect(await inMedia(room.student.id)).toBeNull());
  await joinWith(grant?.token ?? '');
  await checkPerson(app, room.roomId, room.student.id);
  expect(await inMedia(room.student.id)).toBeNull();
  expect(await mediaGrant(app, room.student)).toBeNull();
});

test('reconciling removes strangers and puts wrong permissions right', async () => {
  const mint = (id: string) =>
    app.mediaServer.mintToken(room.roomId, id, { sources: ['screen', 'camera'], data: true }, 60);
  const stranger = app.newId();
  await joinWith(await mint(stranger));
  await joinWith(await mint(room.student.id));
  await reconcile(app, room.roomId);
  expect(await inMedia(stranger)).toBeNull();
  expect((await inMedia(room.student.id))?.permission.sources).not.toContain('screen');
});

test('the end of the lesson ends voice and video', async () => {
  const grant = await mediaGrant(app, room.student);
  await joinWith(grant?.token ?? '');
  await appendSystem(app, room.roomId, {
    type: 'lesson.end',
    payload: { lessonId: room.lessonId, reason: 'ended' },
  });
  await vi.waitFor(async () => expect(await app.mediaServer.rooms()).not.toContain(room.roomId));
  expect(await mediaGrant(app, room.teacher)).toBeNull();
});

test('a forged webhook is refused', async () => {
  const body = JSON.stringify({ event: 'participant_joined', id: 'x' });
  await expect(takeWebhook(app, body, 'Bearer nonsense')).rejects.toMatchObject({ code: 'BAD_INPUT' });
  await expect(takeWebhook(app, body, null)).rejects.toMatchObject({ code: 'BAD_INPUT' });
});

test('a command is taken while the media server is away', async () => {
  await livekit.kill();
  const rights = { microphone: false, camera: false, draw: false };
  const result = await ask(app, room.teacher, { type: 'defaults.set', payload: { rights } });
  expect(result).toMatchObject({ ok: true });
  await livekit.restart();
});
