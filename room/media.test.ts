import { describe, expect, test } from 'vitest';
import { DOCUMENTS, PEOPLE, Run } from './core-fixture';
import type { CommandBody } from './commands';
import { type MediaItem, positionAt } from './media';
import type { Role } from './roles';

const [film] = [...DOCUMENTS].flatMap(([id, { pageCount, title }]) =>
  title === 'Film' && pageCount === 0 ? [id] : [],
);
const uuid = (last: number) => `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`;
const item = (
  id: number,
  source: MediaItem['source'] = { kind: 'youtube', videoId: 'dQw4w9WgXcQ' },
): MediaItem => ({
  id: uuid(id),
  source,
  title: 'Mine',
});
const as = (role: Role) => {
  const actor = PEOPLE.find((person) => person.role === role);
  if (!actor) throw new Error(`nobody is ${role}`);
  return actor;
};

/** A class that is on, and what somebody asks in it. */
function inClass() {
  const run = new Run();
  run.all([
    { kind: 'system', body: { type: 'lesson.start', payload: { lessonId: uuid(401), title: 'Algebra' } } },
  ]);
  const ask = (body: CommandBody, role: Role = 'owner') => {
    const step = { kind: 'command' as const, actor: as(role), body };
    const decision = run.decide(step);
    run.take(step, decision);
    return decision;
  };
  const end = (generation: number) =>
    run.all([{ kind: 'system', body: { type: 'media.end', payload: { generation } } }]);
  const later = (ms: number) => {
    run.state = { ...run.state, at: run.state.at + ms };
  };
  const load = (media = item(501), paused = false) =>
    ask({ type: 'media.load', payload: { item: media, positionMs: 0, paused } });
  const playing = () => {
    const now = run.state.media?.playing;
    if (!now) throw new Error('nothing plays');
    return now;
  };
  return { run, ask, end, later, load, playing };
}

describe('media in a room', () => {
  test('M1: a start and a jump have 250 ms of lead, and a pause stands where it was pressed', () => {
    const { run, ask, later, load, playing } = inClass();
    load();
    expect(run.state.stage).toEqual({ kind: 'media' });
    expect(positionAt(playing(), run.state.at + 249)).toBe(0);
    later(10_250);
    ask({ type: 'media.pause', payload: { generation: 1 } });
    expect(positionAt(playing(), run.state.at + 5000)).toBeCloseTo(10_001, -1);
    ask({ type: 'media.seek', payload: { generation: 1, positionMs: 60_000 } });
    ask({ type: 'media.play', payload: { generation: 1 } });
    expect(positionAt(playing(), run.state.at + 250)).toBe(60_000);
    expect(positionAt(playing(), run.state.at + 1250)).toBe(61_000);
  });

  test('M2: a command for what played before is refused', () => {
    const { ask, load, playing } = inClass();
    load(item(501));
    load(item(502));
    for (const body of [
      { type: 'media.seek', payload: { generation: 1, positionMs: 5000 } },
      { type: 'media.stop', payload: { generation: 1 } },
      { type: 'media.next', payload: { generation: 1 } },
      { type: 'media.measure', payload: { generation: 1, durationMs: 5000 } },
    ] satisfies CommandBody[])
      expect(ask(body)).toEqual({ refusal: 'MEDIA_MOVED_ON' });
    expect(playing()).toMatchObject({ generation: 2, id: uuid(502), positionMs: 0, durationMs: null });
  });

  test('M4: at its end the next one plays, once, however often it is noticed; the last one rests at its end', () => {
    const { run, ask, end, later, load, playing } = inClass();
    load();
    ask({ type: 'media.measure', payload: { generation: 1, durationMs: 30_000 } });
    ask({ type: 'media.queue', payload: { item: { ...item(502), startMs: 4000 } } });
    end(1);
    expect(playing().generation).toBe(1);
    later(30_300);
    end(1);
    end(1);
    expect(playing()).toMatchObject({ generation: 2, id: uuid(502), positionMs: 4000, paused: false });
    expect(run.state.media?.queue).toEqual([]);
    ask({ type: 'media.measure', payload: { generation: 2, durationMs: 10_000 } });
    later(20_000);
    end(2);
    const { seq } = run.state;
    end(2);
    expect(run.state.seq).toBe(seq);
    expect(playing()).toMatchObject({ paused: true, positionMs: 10_000 });
    ask({ type: 'media.play', payload: { generation: 2 } });
    expect(playing()).toMatchObject({ paused: false, positionMs: 0 });
  });

  test('M4: without a length nothing ends by itself, and the first length that is told counts', () => {
    const { ask, end, later, load, playing } = inClass();
    load();
    later(10_000_000);
    end(1);
    expect(playing().paused).toBe(false);
    ask({ type: 'media.measure', payload: { generation: 1, durationMs: 5000 } });
    expect(ask({ type: 'media.measure', payload: { generation: 1, durationMs: 9000 } })).toEqual({
      events: [],
    });
    expect(playing().durationMs).toBe(5000);
  });

  test('M5: presenters and staff alone', () => {
    const { ask, load } = inClass();
    load();
    for (const role of ['student', 'guest'] as const)
      expect(ask({ type: 'media.pause', payload: { generation: 1 } }, role)).toEqual({
        refusal: 'NOT_ALLOWED',
      });
    expect(ask({ type: 'media.pause', payload: { generation: 1 } }, 'presenter')).toMatchObject({
      events: [{ body: { type: 'media.changed' } }],
    });
  });

  test('M6: a file plays if it is the library’s and something that plays, under the library’s name', () => {
    const { load, playing } = inClass();
    expect(load(item(501, { kind: 'file', documentId: uuid(101) }))).toEqual({ refusal: 'NOT_FOUND' });
    expect(load(item(501, { kind: 'file', documentId: uuid(103) }))).toEqual({ refusal: 'NOT_FOUND' });
    load(item(501, { kind: 'file', documentId: film ?? '' }));
    expect(playing().title).toBe('Film');
  });

  test('M7: what stops leaves the stage, and can be shown again only while it plays', () => {
    const { run, ask, load } = inClass();
    expect(ask({ type: 'stage.show', payload: { stage: { kind: 'media' } } })).toEqual({
      refusal: 'NOT_FOUND',
    });
    load();
    ask({ type: 'stage.show', payload: { stage: { kind: 'empty' } } });
    expect(run.state.media?.playing).not.toBeNull();
    ask({ type: 'stage.show', payload: { stage: { kind: 'media' } } });
    ask({ type: 'media.stop', payload: { generation: 1 } });
    expect(run.state.stage).toEqual({ kind: 'empty' });
    expect(run.state.media?.playing).toBeNull();
  });
});
