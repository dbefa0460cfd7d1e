import { once } from 'node:events';
import { appendFile, copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { encodeAll, planPlayback, sniffFile } from '../../documents/service';
import { processesBelow } from '../../worker-fixture';
import { startListener } from '../convert/listener-fixture';
import { ffmpegTranscoder } from './ffmpeg';
import {
  decodeAll,
  type KindName,
  makeKind,
  makeMedia,
  MEDIA_RECIPES,
  type MediaName,
  PACKED_RECIPES,
  wovenShare,
} from './media-fixture';
import { type HlsPlan, type MediaFile, type Probe, type Transcoder, WAVEFORM_LENGTH } from './port';
import { findFfmpeg } from './run';

vi.setConfig({ testTimeout: 60_000 });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lectern-transcode-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const silent = pino({ level: 'silent' });
const implementations: Record<string, (workFolder: string) => Transcoder> = {
  ffmpeg: (workFolder) => ffmpegTranscoder(workFolder, silent, { folder: findFfmpeg() }),
};
const NEVER = new AbortController().signal;
const TALL = ['-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=10:d=2'];
const PLAIN = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];

for (const [name, make] of Object.entries(implementations)) {
  describe(`transcode: ${name}`, () => {
    let transcoder: Transcoder;
    let works: string;
    beforeAll(() => {
      works = path.join(folder, 'work');
      transcoder = make(works);
    });

    async function probeOf(file: MediaFile): Promise<Probe> {
      const probed = await transcoder.probe(file);
      if (!probed.ok) throw new Error(probed.failure);
      return probed.probe;
    }

    /** All that is made of a file, as one film beside it. */
    async function made(file: MediaFile, plan?: HlsPlan) {
      const probe = await probeOf(file);
      const film = `${file.path}.made.mp4`;
      const durations: number[] = [];
      const failure = await transcoder.makeHls(
        file,
        probe,
        plan ?? encodeAll(probe),
        {
          beginning: (beginning) => copyFile(beginning, film),
          part: async (index, part, durationMs) => {
            expect(index).toBe(durations.length);
            durations.push(durationMs);
            await appendFile(film, await readFile(part));
          },
        },
        NEVER,
      );
      expect(await readdir(works)).toEqual([]);
      return { failure, durations, film, probe };
    }

    const recipe = async (one: MediaName): Promise<MediaFile> => {
      const file = await makeMedia(folder, one, MEDIA_RECIPES[one]);
      return { path: file, mimeType: (await sniffFile(file, one)).mimeType };
    };

    describe.concurrent('each kind of file is told by its content, and plays', () => {
      const kinds = Object.keys({ ...MEDIA_RECIPES, ...PACKED_RECIPES }) as KindName[];
      test.each(kinds)('%s', async (one) => {
        const { transcoder: own, folder: place } = await ownPlace(make);
        try {
          const file = await makeKind(place, one);
          const media = { path: file, mimeType: (await sniffFile(file, one)).mimeType };
          const probed = await own.probe(media);
          if (!probed.ok) throw new Error(probed.failure);
          expect(probed.probe.durationMs).toBeGreaterThan(1900);
          expect(probed.probe.durationMs).toBeLessThan(2200);
          const plan = planPlayback(probed.probe, media.mimeType);
          if (plan.how === 'file') return;
          const film = path.join(place, 'film.mp4');
          const take = {
            beginning: (beginning: string) => copyFile(beginning, film),
            part: async (_: number, part: string) => appendFile(film, await readFile(part)),
          };
          expect(await own.makeHls(media, probed.probe, plan.plan, take, NEVER)).toBeNull();
          const { video, audio } = await decodeAll(film);
          expect(video?.codec).toBe(probed.probe.video ? 'h264' : undefined);
          expect([audio?.codec, audio && audio.frames > 10]).toEqual(['aac', true]);
          if (video) expect(video.frames).toBeGreaterThanOrEqual(18);
        } finally {
          await rm(place, { recursive: true, force: true });
        }
      });
    });

    test('pictures without sound and sound without pictures play', async () => {
      const mute = {
        path: await makeMedia(folder, 'mute.avi', [...TALL, '-c:v', 'mpeg4']),
        mimeType: 'video/vnd.avi',
      };
      const silentFilm = await made(mute);
      expect(silentFilm.failure).toBeNull();
      expect(Object.keys(await decodeAll(silentFilm.film))).toEqual(['video']);
      const sound = await made(await recipe('sound.aiff'));
      expect([sound.failure, sound.probe.video]).toEqual([null, null]);
      expect(Object.keys(await decodeAll(sound.film))).toEqual(['audio']);
    });

    test('pictures that come at odd times are shown at these times', async () => {
      const odd = "select='lt(mod(n\\,10)\\,3)',setpts=PTS";
      const making = ['-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=30:d=3', '-vf', odd, '-fps_mode', 'vfr'];
      const file = await makeMedia(folder, 'odd.mkv', [...making, '-c:v', 'mpeg4']);
      const { film } = await made({ path: file, mimeType: 'video/matroska' });
      const [before, after] = [(await decodeAll(file)).video, (await decodeAll(film)).video];
      // All of it may begin a moment later: pictures are decoded in another order than they are shown.
      const fromFirst = (times: number[] = []) =>
        times.map((time) => Math.round((time - (times[0] ?? 0)) * 100));
      expect(fromFirst(before?.times).length).toBe(27);
      expect(fromFirst(after?.times)).toEqual(fromFirst(before?.times));
    });

    test.each(['interlaced.mpg', 'interlaced.ts'] as const)(
      '%s: pictures of two moments each become pictures of one',
      async (one) => {
        const file = await recipe(one);
        expect((await probeOf(file)).video?.interlaced).toBe(true);
        expect(await wovenShare(file.path)).toBeGreaterThan(0.9);
        const plan = planPlayback(await probeOf(file), file.mimeType);
        const { failure, film } = await made(file, plan.how === 'hls' ? plan.plan : undefined);
        expect(failure).toBeNull();
        expect(await wovenShare(film)).toBeLessThan(0.1);
      },
    );

    test('ten bits of high brightness become eight that any screen shows', async () => {
      const file = await makeMedia(folder, 'bright.mkv', [
        ...['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=10:d=1', '-pix_fmt', 'yuv420p10le'],
        ...['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params'],
        'log-level=error:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc',
      ]);
      const { failure, film, probe } = await made({ path: file, mimeType: 'video/matroska' });
      expect([failure, probe.video?.hdr, probe.video?.pixelFormat]).toEqual([null, true, 'yuv420p10le']);
      expect((await decodeAll(film)).video).toMatchObject({ codec: 'h264', pixels: 'yuv420p', frames: 10 });
    });

    test('a film that was taken upright stays upright', async () => {
      const flat = await makeMedia(folder, 'flat.mov', [...TALL, ...PLAIN]);
      const turned = ['-i', flat, '-c', 'copy', '-metadata:s:v:0', 'rotate=90'];
      const file = { path: await makeMedia(folder, 'upright.mov', turned), mimeType: 'video/quicktime' };
      const probe = await probeOf(file);
      expect(probe.video).toMatchObject({ width: 90, height: 160, rotation: 90 });
      const plan = planPlayback(probe, file.mimeType);
      const { film } = await made(file, plan.how === 'hls' ? plan.plan : undefined);
      expect((await decodeAll(film)).video).toMatchObject({ width: 90, height: 160 });
    });

    test('a film with larger pictures than 8K is refused, one that is long and thin is made to fit', async () => {
      const huge = ['-f', 'lavfi', '-i', 'color=s=9000x9000:r=1:d=1', '-c:v', 'qtrle'];
      const file = await makeMedia(folder, 'huge.mov', huge);
      expect(await transcoder.probe({ path: file, mimeType: 'video/quicktime' })).toEqual({
        ok: false,
        failure: 'MEDIA_TOO_MANY_PIXELS',
      });
      const thin = ['-f', 'lavfi', '-i', 'testsrc2=s=4001x7:r=5:d=1', '-c:v', 'ffv1'];
      const { film } = await made({
        path: await makeMedia(folder, 'thin.mkv', thin),
        mimeType: 'video/matroska',
      });
      expect((await decodeAll(film)).video).toMatchObject({ width: 1920, height: 16, frames: 5 });
    });

    test('twelve hours are made playable from their beginning on', async () => {
      const making = ['-f', 'lavfi', '-i', 'color=s=32x32:r=1/240:d=43200', '-c:v', 'mpeg4'];
      const file = { path: await makeMedia(folder, 'long.mkv', making), mimeType: 'video/matroska' };
      const { failure, durations, probe } = await made(file);
      expect([failure, probe.durationMs]).toEqual([null, 43_200_000]);
      expect(durations.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(42_000_000);
    });

    test('a film that was cut short plays as far as it goes; without its table nobody can read it', async () => {
      const bytes = await readFile((await recipe('h264.mp4')).path);
      const cut = path.join(folder, 'cut.mp4');
      await writeFile(cut, bytes.subarray(0, bytes.length * 0.6));
      const file = { path: cut, mimeType: 'video/mp4' };
      const probe = await probeOf(file);
      expect(probe.cutShort).toBe(true);
      const plan = planPlayback(probe, file.mimeType);
      expect(plan.how).toBe('hls');
      const { failure, film } = await made(file, plan.how === 'hls' ? plan.plan : undefined);
      expect(failure).toBeNull();
      const { video } = await decodeAll(film);
      expect(video?.frames).toBeGreaterThan(5);
      expect(video?.frames).toBeLessThan(20);
      const headless = await readFile((await recipe('h264.mov')).path);
      await writeFile(cut, headless.subarray(0, headless.length * 0.6));
      expect(await transcoder.probe({ path: cut, mimeType: 'video/quicktime' })).toEqual({
        ok: false,
        failure: 'MEDIA_DAMAGED',
      });
    });

    test('what lasts no time, and what only says that it is a film, is refused with its reason', async () => {
      const refusal = async (file: string, mimeType: string) => {
        const probed = await transcoder.probe({ path: file, mimeType });
        return probed.ok ? 'none' : probed.failure;
      };
      const wav = await readFile((await recipe('sound.wav')).path);
      const place = path.join(folder, 'nothing');
      const write = async (bytes: Uint8Array) => {
        await writeFile(place, bytes);
        return place;
      };
      const data = wav.indexOf('data') + 8;
      const empty = Buffer.from(wav.subarray(0, data));
      empty.writeUInt32LE(0, data - 4);
      expect(await refusal(await write(empty), 'audio/wav')).toMatch(/MEDIA_(EMPTY|DAMAGED)/);
      const film = (await recipe('h264.mkv')).path;
      const still = await makeMedia(folder, 'still.mp4', ['-i', film, '-t', '0', '-c', 'copy']);
      expect(await refusal(still, 'video/mp4')).toMatch(/MEDIA_(EMPTY|DAMAGED)/);
      expect(await refusal(await write(Buffer.alloc(9000, 7)), 'video/matroska')).toBe('MEDIA_DAMAGED');
      expect(await refusal(await write(Buffer.from('words')), 'text/plain')).toBe('FILE_NOT_MEDIA');
    });

    test('a list of addresses that calls itself a film is not opened, whatever it is taken for: nothing read, nothing fetched', async () => {
      const listener = await startListener();
      const canary = await makeMedia(folder, 'canary.ts', MEDIA_RECIPES['h264.ts']);
      const lists = [
        `#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n${listener.address}/part.ts\n#EXTINF:2,\nfile://${canary}\n#EXT-X-ENDLIST\n`,
        `ffconcat version 1.0\nfile ${canary}\nfile ${listener.address}/film.mp4\n`,
        `ffconcat version 1.0\nfile input\nfile ../../canary.ts\n`,
        `<?xml version="1.0"?><MPD><Period><AdaptationSet><BaseURL>${listener.address}/</BaseURL></AdaptationSet></Period></MPD>`,
      ];
      try {
        for (const list of lists) {
          const file = path.join(folder, 'list.mp4');
          await writeFile(file, list);
          for (const mimeType of [
            'video/mp4',
            'video/matroska',
            'video/mp2t',
            'audio/mpeg',
            'video/vnd.avi',
          ]) {
            expect(await transcoder.probe({ path: file, mimeType })).toMatchObject({ ok: false });
          }
        }
        expect(listener.asked).toEqual([]);
      } finally {
        await listener.stop();
      }
    });

    test('when it is told to stop, the process ends with all that it started, and leaves nothing', async () => {
      const making = [
        '-f',
        'lavfi',
        '-i',
        'testsrc2=s=640x360:r=25:d=600',
        '-c:v',
        'mpeg4',
        '-qscale:v',
        '9',
      ];
      const file = {
        path: await makeMedia(folder, 'endless.avi', [...making, '-t', '60']),
        mimeType: 'video/vnd.avi',
      };
      const probe = await probeOf(file);
      const stopping = new AbortController();
      const begun = new EventTarget();
      const first = once(begun, 'part');
      const take = {
        beginning: async () => undefined,
        part: async () => void begun.dispatchEvent(new Event('part')),
      };
      const making2 = transcoder.makeHls(file, probe, encodeAll(probe), take, stopping.signal);
      await first;
      expect(processesBelow(works)).not.toEqual([]);
      stopping.abort(new Error('enough'));
      await expect(making2).rejects.toThrow('enough');
      expect(processesBelow(works)).toEqual([]);
      expect(await readdir(works)).toEqual([]);
    });

    test('what cannot be stored ends the process and is told', async () => {
      const file = await recipe('mpeg4.avi');
      const probe = await probeOf(file);
      const full = async () => {
        throw new Error('the disk is full');
      };
      const take = { beginning: full, part: full };
      await expect(transcoder.makeHls(file, probe, encodeAll(probe), take, NEVER)).rejects.toThrow(
        'the disk is full',
      );
      expect(processesBelow(works)).toEqual([]);
    });

    test('a film has a picture, a record its sleeve, sound its loudness', async () => {
      const picture = async (file: MediaFile) => {
        let size: [number?, number?, string?] | null = null;
        await transcoder.makePoster(
          file,
          await probeOf(file),
          async (poster) => {
            const { width, height, format } = await sharp(await readFile(poster)).metadata();
            size = [width, height, format];
          },
          NEVER,
        );
        return size as [number, number, string] | null;
      };
      const film = await recipe('mpeg4.avi');
      expect(await picture(film)).toEqual([160, 90, 'webp']);
      const sleeve = path.join(folder, 'sleeve.png');
      await writeFile(
        sleeve,
        await sharp({ create: { width: 300, height: 300, channels: 3, background: 'red' } })
          .png()
          .toBuffer(),
      );
      const plain = await recipe('sound.mp3');
      expect(await picture(plain)).toBeNull();
      const dressed = [
        '-i',
        plain.path,
        '-i',
        sleeve,
        '-map',
        '0',
        '-map',
        '1',
        '-c',
        'copy',
        '-disposition:v',
        'attached_pic',
      ];
      const record = { path: await makeMedia(folder, 'record.mp3', dressed), mimeType: 'audio/mpeg' };
      expect((await probeOf(record)).video).toBeNull();
      expect(await picture(record)).toEqual([300, 300, 'webp']);

      const halves = "sine=frequency=440:duration=4,volume='if(lt(t,2),0,1)':eval=frame";
      const quiet = await makeMedia(folder, 'halves.wav', ['-f', 'lavfi', '-i', halves]);
      const wav = { path: quiet, mimeType: 'audio/wav' };
      const peaks = await transcoder.makeWaveform(wav, await probeOf(wav), NEVER);
      expect(Math.abs(peaks.length - WAVEFORM_LENGTH)).toBeLessThan(60);
      expect(peaks.slice(0, 350).every((one) => one === 0)).toBe(true);
      expect(peaks.slice(-350, -5).every((one) => one > 0.5 && one <= 1)).toBe(true);
    });

    test('words that come with a film are read, in each language', async () => {
      const srt = path.join(folder, 'words.srt');
      await writeFile(srt, '1\n00:00:00,500 --> 00:00:01,500\nHello <i>there</i>\n');
      const film = (await recipe('h264.mkv')).path;
      const file = await makeMedia(folder, 'words.mkv', [
        ...['-i', film, '-i', srt, '-i', srt, '-map', '0', '-map', '1', '-map', '2', '-c', 'copy'],
        ...['-metadata:s:s:0', 'language=ger', '-metadata:s:s:1', 'title=For all'],
      ]);
      const media = { path: file, mimeType: 'video/matroska' };
      const words = await transcoder.readSubtitles(media, await probeOf(media), NEVER);
      expect(words.map(({ stream }) => [stream.language, stream.title])).toEqual([
        ['ger', null],
        [null, 'For all'],
      ]);
      for (const { text } of words) expect(text).toContain('Hello <i>there</i>');
    });
  });
}

async function ownPlace(make: (workFolder: string) => Transcoder) {
  const place = await mkdtemp(path.join(tmpdir(), 'lectern-transcode-'));
  return { folder: place, transcoder: make(path.join(place, 'work')) };
}

test('without ffmpeg it says so', async () => {
  const transcoder = ffmpegTranscoder(path.join(folder, 'work'), silent, { folder: null });
  expect(await transcoder.probe({ path: folder, mimeType: 'video/mp4' })).toEqual({
    ok: false,
    failure: 'TRANSCODER_MISSING',
  });
});
