import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { downloadRelease } from './livekit-install';

const name = `livekit_1.11.0_linux_${process.arch === 'x64' ? 'amd64' : process.arch}.tar.gz`;
let folder: string;
let server: Server;
let baseUrl: string;
let files: Record<string, Buffer | string>;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'lectern-livekit-'));
  writeFileSync(path.join(folder, 'livekit-server'), 'the server');
  execFileSync('tar', ['-czf', path.join(folder, name), '-C', folder, 'livekit-server']);
  rmSync(path.join(folder, 'livekit-server'));
  files = { [`/${name}`]: readFileSync(path.join(folder, name)) };
  server = createServer((request, response) => {
    const file = files[request.url ?? ''];
    response.writeHead(file === undefined ? 404 : 200).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  baseUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

test.runIf(process.platform === 'linux')('a release whose checksum is right is unpacked', async () => {
  const checksum = createHash('sha256')
    .update(files[`/${name}`] ?? '')
    .digest('hex');
  files['/checksums.txt'] = `0000  other.tar.gz\n${checksum}  ${name}\n`;
  expect(readFileSync(await downloadRelease(folder, baseUrl), 'utf8')).toBe('the server');
});

test.runIf(process.platform === 'linux')('a release with another checksum is refused', async () => {
  files['/checksums.txt'] = `${'0'.repeat(64)}  ${name}\n`;
  await expect(downloadRelease(folder, baseUrl)).rejects.toThrow('instead of 0000');
});

test.runIf(process.platform === 'linux')('a release without a checksum is refused', async () => {
  files['/checksums.txt'] = '';
  await expect(downloadRelease(folder, baseUrl)).rejects.toThrow('does not name');
});
