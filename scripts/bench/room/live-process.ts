import { createServer } from 'node:http';
import { getApp } from '@/server/app';
import { createFrontDoor } from '@/server/front-door';
import { startRooms } from '@/server/rooms/background';
import { listenOnLoopback, offer } from './remote';

/**
 * Streams from a process of their own, apart from the pages: the other side of docs/decisions/012. It has the app's code and
 * Node's HTTP server, and hears of every commit as any other process does, by NOTIFY.
 */
const app = getApp();
startRooms(app, async () => undefined);
const frontDoor = createFrontDoor(app);

const server = createServer((request, response) => {
  if (!frontDoor(request, response)) response.writeHead(404).end();
});

const calls = { listen: () => listenOnLoopback(server) };
export type LiveCalls = typeof calls;
offer(calls);
