import { createServer } from 'node:http';

const { port } = new URL(process.env.LECTERN_FILES_URL ?? 'http://127.0.0.1:3001');
const server = createServer((_request, response) => response.end('{}'));
server.listen(Number(port), '127.0.0.1', () => console.log('worker is ready'));
