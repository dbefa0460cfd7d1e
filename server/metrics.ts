import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** From 1 ms to 10 s, dense where the budget of the room log lies (acknowledged in 150 ms, delivered in 60 to 100 ms). */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.02, 0.03, 0.06, 0.1, 0.15, 0.3, 0.6, 1, 2.5, 5, 10];

function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const counter = <Label extends string = never>(name: string, help: string, labelNames: Label[] = []) =>
    new Counter({ name: `lectern_${name}`, help, labelNames, registers });
  const gauge = (name: string, help: string) => new Gauge({ name: `lectern_${name}`, help, registers });
  const histogram = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name: `lectern_${name}`, help, buckets, registers });
  return {
    registry,
    /** What stands so at the moment of asking: set by `measureRooms`. */
    rooms: gauge('rooms_active', 'Rooms with an open stream in this process'),
    participants: gauge('participants', 'People with an open stream in this process'),
    streams: gauge('streams', 'Open streams of this process'),
    bufferBytes: gauge('stream_buffer_bytes', 'Bytes that wait for slow streams in this process'),
    roomBufferBytes: gauge('stream_buffer_room_max_bytes', 'Bytes that wait in the room where most do'),
    cachedRooms: gauge('rooms_cached', 'Rooms whose state this process keeps'),
    cacheBytes: gauge('rooms_cache_bytes', 'Bytes of state, boards and log ends that this process keeps'),
    /** What has happened since the process began. */
    events: counter('events_appended_total', 'Events committed by this process', ['type']),
    appendSeconds: histogram('append_seconds', 'Duration of an append, commit included', SECONDS),
    groupCommands: histogram(
      'append_commands',
      'Commands that shared an append',
      [1, 2, 5, 10, 20, 50, 200, 500],
    ),
    refusals: counter('command_refusals_total', 'Commands refused, by code', ['code']),
    deliverySeconds: histogram(
      'delivery_lag_seconds',
      'From the commit time of a frame’s oldest event to its streams',
      SECONDS,
    ),
    chatMessages: counter('chat_messages_total', 'Chat messages committed by this process'),
    calls: counter('calls_total', 'Calls by what became of them; ringing: placed', ['outcome']),
    streamsClosed: counter('streams_closed_total', 'Streams that this process closed, by reason', ['reason']),
    failures: counter('connection_failures_total', 'Connections that failed, by kind', ['kind']),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;

const key = Symbol.for('lectern.metrics');
const holder = globalThis as typeof globalThis & { [key]?: Metrics };

/** This process' counters. Global because Next loads modules several times in one process. */
export const metrics: Metrics = (holder[key] ??= createMetrics());
