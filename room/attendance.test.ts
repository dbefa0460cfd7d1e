import { expect, test } from 'vitest';
import { attendanceOf } from './attendance';
import type { EventBody, RoomEvent } from './events';

const MINUTE = 60_000;
const names: Record<string, string> = { sam: 'Sam', olu: 'Olu', ned: 'Ned' };

let seq = 0;
const at = (minute: number, body: EventBody): RoomEvent => ({
  ...body,
  seq: (seq += 1),
  at: minute * MINUTE,
  actor: null,
  commandId: null,
  audience: 'everyone',
});
const comes = (minute: number, who: string, tab: string, device = 'computer') =>
  at(minute, {
    type: 'person.connected',
    payload: { participantId: who, name: names[who] ?? who, role: 'student', connectionId: tab, device },
  });
const goes = (minute: number, who: string, tab: string, reason: 'left' | 'dropped' = 'left') =>
  at(minute, { type: 'person.disconnected', payload: { participantId: who, connectionId: tab, reason } });

const brief = (events: RoomEvent[], span: Parameters<typeof attendanceOf>[1]) =>
  attendanceOf(events, span).map(({ participantId, joinedAt, leftAt, presentMs, devices }) => [
    participantId,
    joinedAt / MINUTE,
    leftAt === null ? null : leftAt / MINUTE,
    presentMs / MINUTE,
    devices.join('+'),
  ]);

const lesson = { from: 10 * MINUTE, to: 60 * MINUTE, live: false };

test('C5: who was there before counts from the start, and who stays to the end, to the end', () => {
  expect(brief([comes(2, 'sam', 'a'), comes(20, 'olu', 'b', 'phone')], lesson)).toEqual([
    ['sam', 10, 60, 50, 'computer'],
    ['olu', 20, 60, 40, 'phone'],
  ]);
});

test('C5: two tabs at once are one presence; a break between two is not', () => {
  const events = [
    comes(10, 'sam', 'a'),
    comes(15, 'sam', 'b', 'phone'),
    goes(20, 'sam', 'a', 'dropped'),
    goes(30, 'sam', 'b'),
    comes(50, 'sam', 'c'),
    goes(55, 'sam', 'c'),
  ];
  expect(brief(events, lesson)).toEqual([['sam', 10, 55, 25, 'computer+phone']]);
});

test('C5: while the lesson goes on, who is there has not left', () => {
  const events = [comes(12, 'sam', 'a'), comes(12, 'olu', 'b'), goes(14, 'olu', 'b')];
  expect(brief(events, { ...lesson, to: 20 * MINUTE, live: true })).toEqual([
    ['sam', 12, null, 8, 'computer'],
    ['olu', 12, 14, 2, 'computer'],
  ]);
});

test('C5: a removal ends a presence, and who had gone before the lesson was not in it', () => {
  const events = [
    comes(1, 'ned', 'x'),
    goes(5, 'ned', 'x'),
    comes(11, 'sam', 'a'),
    comes(11, 'sam', 'b'),
    at(21, { type: 'person.removed', payload: { participantId: 'sam' } }),
    goes(22, 'sam', 'a'),
  ];
  expect(brief(events, lesson)).toEqual([['sam', 11, 21, 10, 'computer']]);
});
