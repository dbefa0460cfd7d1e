import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import next from 'next';

// The web process in production: Node's HTTP server, with the front door (server/front-door.ts) before Next. The built app hangs it
// there once Next has started it (instrumentation.ts), which is with the first request; all that it leaves is Next's.
// The old heap may double before it is collected: V8 alone does it at a tenth more, every ten seconds in a busy class, and each
// time the slowest one of a hundred waits for it (docs/decisions/020).
setFlagsFromString('--heap-growing-percent=100');

const { values } = parseArgs({
  options: {
    port: { type: 'string', short: 'p', default: process.env.PORT ?? '3000' },
    hostname: { type: 'string', short: 'H' },
  },
});
const port = Number(values.port);
const { hostname } = values;

const server = createServer();
// The app's own handlers (server/shutdown.ts) come first and call these last.
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
  });
}

const app = next({ dev: false, port, hostname, httpServer: server });
await app.prepare();
const handle = app.getRequestHandler();
const key = Symbol.for('lectern.frontDoor');

server.on('request', (request, response) => {
  if (globalThis[key]?.(request, response)) return;
  handle(request, response).catch((error) => {
    console.error(error);
    if (response.headersSent) response.destroy();
    else response.writeHead(500).end();
  });
});
server.once('error', (error) => {
  console.error(error);
  process.exit(1);
});
server.listen(port, hostname, () => console.log(`Ready on port ${port}`));
