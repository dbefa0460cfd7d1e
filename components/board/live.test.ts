import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BoardRecord } from '@/room/boards';
import { LASER_FADES_MS, LaserLog, LaserTrails } from './laser-trails';
import {
  decodeCursor,
  decodeLaser,
  decodeStroke,
  encodeCursor,
  encodeStroke,
  MOST_POINTS_A_PACKET,
} from './live-packets';
import { CURSOR_TOPIC, LASER_TOPIC, LiveSender, STROKE_TOPIC } from './live-sender';
import { LiveStrokes } from './live-strokes';
import { StrokeClock } from './stroke-clock';

const BOARD = 'board:3f0c5a5e-6c1e-4f43-9d55-0a4f8f0a8c11';
const LAYER = '0b0e1f5e-77aa-4b0c-8a44-2f1e5a3f9d10';
const PLACE = { boardId: BOARD, layer: LAYER };
type Point = { x: number; y: number };

function stroke(points: Point[], isComplete = false): BoardRecord {
  const props = { segments: [{ type: 'free', points }], isComplete, color: 'blue', size: 'm', scale: 1 };
  return { id: 'shape:s', typeName: 'shape', type: 'draw', x: 100, y: 50, props };
}
const line = (length: number) => Array.from({ length }, (_, i) => ({ x: i, y: i / 2 }));

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a stroke in the making', () => {
  it('is the same on the other side, and no packet is longer than the channel takes', () => {
    const points = Array.from({ length: MOST_POINTS_A_PACKET * 2 }, (_, i) => i / 4);
    const packet = {
      ...PLACE,
      shapeId: 'shape:abcdefghijklmnopqrstuv',
      kind: 'highlight' as const,
      color: 'light-violet',
      size: 'xl',
      scale: 1,
      x: -12345.6789,
      y: 98765.4321,
      from: 4321,
      points,
    };
    const bytes = encodeStroke(packet);
    expect(bytes.length).toBeLessThanOrEqual(1300);
    expect(decodeStroke(bytes)).toEqual(packet);
  });

  it('of any bytes is read as nothing or as a stroke, and never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1400 }), (bytes) => {
        decodeStroke(bytes);
        decodeCursor(bytes);
        decodeLaser(bytes);
      }),
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        decodeCursor(new TextEncoder().encode(JSON.stringify(value)));
        decodeLaser(new TextEncoder().encode(JSON.stringify(value)));
      }),
    );
    expect(decodeCursor(encodeCursor({ ...PLACE, at: null }))).toEqual({ ...PLACE, at: null });
  });

  it('arrives whole although every fourth packet is lost', () => {
    const seen = new LiveStrokes();
    let packets = 0;
    const sender = new LiveSender((topic, bytes) => {
      const packet = topic === STROKE_TOPIC ? decodeStroke(bytes) : null;
      if (packet && ++packets % 4 !== 0) seen.receive(packet, 'teacher', Date.now());
    }, PLACE);
    for (let length = 1; length <= 300; length++) {
      sender.draw(stroke(line(length)), Date.now());
      vi.advanceTimersByTime(8);
    }
    vi.advanceTimersByTime(3000);
    const [arrived] = seen.current(Date.now());
    expect(arrived?.points.filter(Boolean)).toHaveLength(300);
    expect(packets).toBeLessThan(100);
  });

  it('is packed into several packets when much of it changes at once', () => {
    const sent: Uint8Array[] = [];
    const sender = new LiveSender((_, bytes) => sent.push(bytes), PLACE);
    sender.draw(stroke(line(600)), Date.now());
    expect(sent.length).toBe(Math.ceil(600 / MOST_POINTS_A_PACKET));
    expect(Math.max(...sent.map((bytes) => bytes.length))).toBeLessThanOrEqual(1300);
  });

  it('goes when it stands in the log, when it is taken back, and when it is not heard of any more', () => {
    const seen = new LiveStrokes();
    const packet = decodeStroke(
      encodeStroke({
        ...PLACE,
        shapeId: 'shape:s',
        kind: 'draw',
        color: 'blue',
        size: 'm',
        scale: 1,
        x: 0,
        y: 0,
        from: 0,
        points: [0, 0, 1, 1],
      }),
    );
    if (!packet) throw new Error('The packet cannot be read');
    expect(seen.receive(packet, 'teacher', 0)).toBe(true);
    expect(seen.receive(packet, 'somebody else', 0)).toBe(false);
    seen.commit(stroke(line(2), false), 10);
    expect(seen.current(1000)).toHaveLength(1);
    seen.commit(stroke(line(2), true), 1000);
    expect(seen.current(2000)).toHaveLength(0);
    // A packet that comes after the commit draws nothing any more.
    expect(seen.receive(packet, 'teacher', 2000)).toBe(false);

    const others = { ...packet, shapeId: 'shape:t' };
    seen.receive(others, 'teacher', 3000);
    expect(seen.keepOnlyOf(() => false)).toBe(true);
    expect(seen.current(3000)).toHaveLength(0);
    seen.receive(others, 'teacher', 3000);
    expect(seen.nextChange()).toBe(11_000);
    expect(seen.current(11_000)).toHaveLength(0);
  });
});

it('a cursor is told of some times a second, and that it left, at once', () => {
  const sent: unknown[] = [];
  const sender = new LiveSender((topic, bytes) => {
    if (topic === CURSOR_TOPIC) sent.push(decodeCursor(bytes)?.at);
  }, PLACE);
  for (let ms = 0; ms < 200; ms += 5) sender.point({ x: ms, y: 0 }, 1000 + ms);
  sender.point(null, 1201);
  expect(sent.length).toBeLessThanOrEqual(5);
  expect(sent.at(-1)).toBeNull();
});

it('a laser goes out some times a second with every point of its way, and fades where it is seen', () => {
  const trails = new LaserTrails();
  const sent: number[] = [];
  let packets = 0;
  const sender = new LiveSender((topic, bytes) => {
    expect(bytes.length).toBeLessThanOrEqual(1300);
    const packet = topic === LASER_TOPIC ? decodeLaser(bytes) : null;
    if (!packet) return;
    packets += 1;
    sent.push(...packet.points);
    trails.receive(packet.points, 'teacher', 2000);
  }, PLACE);
  for (let ms = 0; ms < 1000; ms += 5) sender.laser({ x: ms, y: 1 }, 1000 + ms);
  sender.laser(null, 2000);
  expect(sent.filter((_, index) => index % 2 === 0)).toEqual(Array.from({ length: 200 }, (_, i) => i * 5));
  expect(packets).toBeLessThanOrEqual(22);
  expect(trails.fade(2000 + LASER_FADES_MS - 1)).toBe(true);
  expect(trails.fade(2000 + LASER_FADES_MS)).toBe(false);
});

it('L9: a laser is told to the log at most five times a second, in one command a second', () => {
  const told: [number, number, number][][] = [];
  const log = new LaserLog((samples) => told.push(samples));
  for (let ms = 0; ms <= 2100; ms += 10) log.note({ x: ms, y: 0 }, 5000 + ms);
  log.note(null, 7200);
  expect(told.map((samples) => samples.length)).toEqual([5, 5, 1]);
  expect(told[0]).toEqual([0, 200, 400, 600, 800].map((ms) => [ms, 0, ms]));
  log.note(null, 7300);
  expect(told).toHaveLength(3);
});

it('L9: the clock keeps when each point was drawn, and is asked once', () => {
  const clock = new StrokeClock();
  clock.note(stroke(line(1)), 1000);
  clock.note(stroke(line(3)), 1020);
  // tldraw takes a point back where it straightens a line.
  clock.note(stroke(line(2)), 1030);
  clock.note(stroke(line(4)), 1100);
  const complete = stroke(line(4), true);
  expect(clock.timingOf(complete, 1200)).toEqual({
    shapeId: 'shape:s',
    startedMsAgo: 200,
    offsets: [0, 20, 100, 100],
  });
  clock.forget(complete);
  expect(clock.timingOf(complete, 1300)).toBeNull();
});
