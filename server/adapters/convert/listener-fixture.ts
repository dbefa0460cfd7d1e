import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server of this machine that no file may ask anything: `asked` is what was asked all the same. */
export async function startListener(): Promise<{
  address: string;
  asked: string[];
  stop(): Promise<unknown>;
}> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end('words from elsewhere');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { address, asked, stop: () => new Promise((resolve) => server.close(resolve)) };
}
