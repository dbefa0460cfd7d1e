import { expect, test } from 'vitest';
import { AdvertisementSense, type YouTubeLook } from './advertisement';
import { STATE } from './youtube-api';

const PLAYS: YouTubeLook = { state: STATE.playing, seconds: 0, durationSeconds: 120, toldAt: 0 };

/** Looks ten times a second for as long; what is thought at the end. */
function watch(
  sense: AdvertisementSense,
  from: number,
  ms: number,
  at: (now: number) => Partial<YouTubeLook>,
) {
  let thought = false;
  for (let now = from; now <= from + ms; now += 100) thought = sense.look(now, { ...PLAYS, ...at(now) });
  return thought;
}

test('a video that plays, waits for bytes, is paused or has ended is no advertisement', () => {
  const sense = new AdvertisementSense();
  expect(watch(sense, 0, 5000, (now) => ({ seconds: now / 1000 }))).toBe(false);
  for (const state of [STATE.buffering, STATE.paused, STATE.ended, STATE.cued])
    expect(watch(sense, 5000, 5000, () => ({ state, seconds: 5 }))).toBe(false);
});

test('told to play, it does not begin: not at once, and only once it was told', () => {
  const sense = new AdvertisementSense();
  const unstarted = { state: STATE.unstarted, durationSeconds: 0 };
  expect(watch(sense, 0, 1500, () => unstarted)).toBe(false);
  expect(watch(sense, 1600, 1000, () => unstarted)).toBe(true);
  expect(watch(sense, 2700, 5000, () => ({ ...unstarted, toldAt: null }))).toBe(false);
});

test('it falls back to "unstarted" in the middle, and goes on', () => {
  const sense = new AdvertisementSense();
  expect(watch(sense, 0, 9000, (now) => ({ seconds: now / 1000 }))).toBe(false);
  expect(watch(sense, 9100, 0, () => ({ state: STATE.unstarted, seconds: 9 }))).toBe(true);
  expect(watch(sense, 9200, 500, (now) => ({ seconds: now / 1000 }))).toBe(false);
});

test('it says that it plays while its time stands, before the room would send it elsewhere', () => {
  const sense = new AdvertisementSense();
  watch(sense, 0, 3000, (now) => ({ seconds: now / 1000 }));
  expect(watch(sense, 3100, 800, () => ({ seconds: 3 }))).toBe(false);
  expect(watch(sense, 4000, 400, () => ({ seconds: 3 }))).toBe(true);
  expect(watch(sense, 4500, 0, () => ({ seconds: 3.1 }))).toBe(false);
});

test('what it plays is suddenly shorter than the video', () => {
  const sense = new AdvertisementSense();
  watch(sense, 0, 3000, (now) => ({ seconds: now / 1000 }));
  expect(watch(sense, 3100, 400, (now) => ({ seconds: (now - 3100) / 1000, durationSeconds: 15 }))).toBe(
    true,
  );
  expect(watch(sense, 3600, 400, (now) => ({ seconds: now / 1000 }))).toBe(false);
});
