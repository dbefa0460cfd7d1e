import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { UTApi, UTFile } from 'uploadthing/server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import { hostedIndex } from '@/server/files/queries';
import { testApp } from '@/server/testing';
import { createWorkerAdapters } from '../worker';
import type { Storage } from './port';
import { uploadthingStorage } from './uploadthing';
import { readUploadthingToken } from './uploadthing-api';
import { startUploadthing, type UploadthingServer } from './uploadthing-fixture';

let database: TestDatabase;
let vendor: UploadthingServer;
let folder: string;
let storage: Storage;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.sql`delete from hosted_files`;
  vendor = await startUploadthing();
  folder = await mkdtemp(path.join(tmpdir(), 'lectern-hosted-'));
  storage = storageWith(vendor.apiKey);
});
afterEach(async () => {
  await vendor.stop();
  await rm(folder, { recursive: true, force: true });
});

const storageWith = (apiKey: string) =>
  uploadthingStorage(
    { token: { apiKey, appId: vendor.appId }, apiUrl: vendor.origin, filesUrl: vendor.origin },
    hostedIndex(database.db),
    folder,
  );

async function* bytes(...parts: string[]) {
  for (const part of parts) yield Buffer.from(part);
}
const text = async (key: string) => (await buffer(storage.read(key))).toString();
const filesHere = async () =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
const held = () => [...vendor.files.values()].map(String);
const inADay = () => Date.now() + 25 * 3600_000;

describe('what stands for the vendor here', () => {
  test('speaks as the vendor’s own package does', async () => {
    const api = new UTApi({
      token: vendor.token,
      apiUrl: vendor.origin,
      ingestUrl: `${vendor.origin}/ingest`,
      ufsHost: `localhost:${vendor.port}`,
      ufsAppIdLocation: 'path',
      logLevel: 'None',
    });
    const file = new UTFile(['by the package'], 'a file, ü.txt', { type: 'text/plain' });
    const { data, error } = await api.uploadFiles(file, { acl: 'private' });
    expect(error).toBeNull();
    const key = String(data?.key);
    const { ufsUrl } = await api.generateSignedURL(key);
    expect(await (await fetch(ufsUrl)).text()).toBe('by the package');
    expect((await fetch(`${ufsUrl}0`)).status).toBe(401);
    expect(await api.deleteFiles(key)).toEqual({ success: true, deletedCount: 1 });
    expect((await fetch(ufsUrl)).status).toBe(404);
  });

  test('gives nothing to a wrong key, an address that was changed, and one that is over', async () => {
    const key = randomUUID();
    await storage.put(key, bytes('private'));
    const thief = storageWith('sk_live_of_somebody_else');
    await expect(buffer(thief.read(key))).rejects.toThrow('401');
    await expect(thief.put(key, bytes('mine'))).rejects.toThrow('401');
    await expect(thief.delete(randomUUID())).resolves.toBeUndefined();
    const [name] = vendor.files.keys();
    expect((await fetch(`${vendor.origin}/f/${name}`)).status).toBe(401);
    expect((await fetch(`${vendor.origin}/f/${name}?expires=${Date.now() + 9999}`)).status).toBe(401);
    expect(await text(key)).toBe('private');
  });
});

describe('a file that is being received', () => {
  test('stays on this machine until it is sealed, and is private at the vendor and nowhere else from then on', async () => {
    const key = randomUUID();
    await storage.append(key, 0, bytes('half '));
    await storage.append(key, 5, bytes('and half'));
    expect(vendor.asked).toEqual([]);
    await storage.seal(key);
    expect(held()).toEqual(['half and half']);
    expect(await filesHere()).toEqual([]);
    expect(JSON.stringify([...vendor.files.keys()])).not.toContain(key);
  });

  test('is kept when the vendor fails, and sealed when it is back; what came half is swept a day later', async () => {
    const key = randomUUID();
    await storage.append(key, 0, bytes('patience'));
    for (const out of ['PUT /ingest', 'POST /v7']) {
      vendor.breakDown(out);
      await expect(storage.seal(key)).rejects.toThrow('503');
      expect(await text(key)).toBe('patience');
    }
    vendor.breakDown(null);
    await storage.seal(key);
    expect([await text(key), held()]).toEqual(['patience', ['patience']]);
    expect(await unwanted()).toBe(1);
    await storage.sweep(Date.now());
    expect(await unwanted()).toBe(1);
    await storage.sweep(inADay());
    expect([await unwanted(), await text(key)]).toEqual([0, 'patience']);
  });
});

describe('a file that is written again', () => {
  test('gets another name, since the vendor takes none twice, and the old one is deleted', async () => {
    const key = randomUUID();
    await storage.put(key, bytes('first'));
    const [first] = vendor.files.keys();
    await storage.put(key, bytes('second'));
    expect(held()).toEqual(['second']);
    expect([...vendor.files.keys()]).not.toContain(first);
    expect(await filesHere()).toEqual([]);
  });

  test('keeps what it was when the vendor fails', async () => {
    const key = randomUUID();
    await storage.put(key, bytes('first'));
    vendor.breakDown('PUT /ingest');
    await expect(storage.put(key, bytes('second'))).rejects.toThrow('503');
    expect([await text(key), await storage.size(key)]).toEqual(['first', 5]);
    expect(await filesHere()).toEqual([]);
  });

  test('by two at the same time is one of the two, and nothing is left of the other', async () => {
    const key = randomUUID();
    await Promise.all(['one', 'two'].map((content) => storage.put(key, bytes(content))));
    expect(held()).toEqual([await text(key)]);
  });
});

test('what is deleted is gone at once, and at the vendor as soon as it answers', async () => {
  const key = randomUUID();
  await storage.put(key, bytes('unwanted'));
  vendor.breakDown('POST /v6');
  await expect(storage.delete(key)).rejects.toThrow('503');
  expect([await storage.size(key), held()]).toEqual([null, ['unwanted']]);
  vendor.breakDown(null);
  await storage.sweep(Date.now());
  expect([held(), await unwanted()]).toEqual([[], 0]);
});

describe('the token', () => {
  test('chooses this storage, and nothing else beside it', async () => {
    const settings = { LECTERN_STATE_DIR: folder, UPLOADTHING_TOKEN: vendor.token };
    const urls = { UPLOADTHING_API_URL: vendor.origin, UPLOADTHING_FILES_URL: vendor.origin };
    const chosen = await createWorkerAdapters(testApp(database, { ...settings, ...urls }));
    const key = randomUUID();
    await chosen.storage.put(key, bytes('hosted'));
    expect([held(), await text(key)]).toEqual([['hosted'], 'hosted']);
    const both = testApp(database, { ...settings, S3_BUCKET: 'lectern' });
    await expect(createWorkerAdapters(both)).rejects.toThrow('both set');
  });

  test('is told to nobody, whatever goes wrong', async () => {
    const secret = 'sk_live_that_nobody_may_read';
    const stranger = storageWith(secret);
    const key = randomUUID();
    await storage.put(key, bytes('x'));
    const failures = await Promise.allSettled([
      stranger.put(key, bytes('y')),
      buffer(stranger.read(key)),
      stranger.delete(key),
      ...[secret, `{"apiKey":"${secret}`, `{"apiKey":"${secret}"}`].map(async (token) =>
        readUploadthingToken(Buffer.from(token).toString('base64')),
      ),
    ]);
    expect(failures.map(({ status }) => status)).toEqual(failures.map(() => 'rejected'));
    for (const failure of failures) {
      const { reason } = failure as PromiseRejectedResult;
      const told = [reason.message, reason.stack, reason.cause, JSON.stringify(reason)].join();
      expect(told).not.toContain(secret);
      expect(told).not.toContain(Buffer.from(secret).toString('base64').slice(4, 20));
      expect(told).not.toContain('signature=');
    }
  });
});

async function unwanted(): Promise<number> {
  const [row] = await database.sql`select count(*)::int as n from hosted_files where state <> 'here'`;
  return Number(row?.n);
}
