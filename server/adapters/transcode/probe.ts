import { open } from 'node:fs/promises';
import { z } from 'zod';
import { demuxerOf } from './demuxers';
import {
  MAX_PICTURE_PIXELS,
  type Probe,
  type SubtitleStream,
  type TranscodeFailure,
  type VideoStream,
} from './port';
import { runFfmpeg, type Task } from './run';

const TIMEOUT_MS = 60_000;
/** What a probe says is some KB; a file of thousands of streams is none that anybody plays. */
const MAX_ANSWER = 4_000_000;
const MAX_SUBTITLES = 20;
/** What is shorter than this is nothing that plays. */
const MIN_DURATION_MS = 1;

const number = z.coerce.number().catch(Number.NaN);
const rawStream = z.object({
  index: z.number(),
  codec_type: z.string().catch(''),
  codec_name: z.string().catch(''),
  profile: z.string().catch(''),
  pix_fmt: z.string().catch(''),
  width: number,
  height: number,
  channels: number,
  sample_aspect_ratio: z.string().catch(''),
  field_order: z.string().catch(''),
  color_transfer: z.string().catch(''),
  avg_frame_rate: z.string().catch(''),
  duration: number,
  disposition: z.object({ attached_pic: number, still_image: number }).partial().catch({}),
  tags: z.object({ language: z.string(), title: z.string() }).partial().catch({}),
  side_data_list: z.array(z.object({ rotation: number.optional() })).catch([]),
});
type RawStream = z.infer<typeof rawStream>;
const rawProbe = z.object({
  streams: z.array(rawStream).catch([]),
  format: z
    .object({
      duration: number,
      bit_rate: number,
      tags: z.object({ major_brand: z.string() }).partial().catch({}),
    })
    .catch({ duration: Number.NaN, bit_rate: Number.NaN, tags: {} }),
});

const TEXT_SUBTITLES = new Set(['subrip', 'ass', 'ssa', 'webvtt', 'mov_text', 'text']);
const HDR_TRANSFERS = new Set(['smpte2084', 'arib-std-b67']);

type Probed = { ok: true; probe: Probe } | { ok: false; failure: TranscodeFailure };
const refuse = (failure: TranscodeFailure): Probed => ({ ok: false, failure });

/** What is in `input` in the task's folder. */
export async function probeInput(task: Task): Promise<Probed> {
  let answer = '';
  const end = await runFfmpeg(task, {
    program: 'ffprobe',
    // Films from cameras and broadcasts begin with seconds of sound before the first picture.
    reading: [
      ...['-probesize', '20M', '-analyzeduration', '20M', '-of', 'json=compact=1'],
      ...['-show_format', '-show_streams'],
    ],
    timeoutMs: TIMEOUT_MS,
    onLine: (line) => {
      if (answer.length < MAX_ANSWER) answer += line;
    },
  });
  const raw = readAnswer(answer);
  if (!raw || raw.streams.length === 0) {
    task.log.info({ ...end, mimeType: task.file.mimeType }, 'media not read');
    return refuse('MEDIA_DAMAGED');
  }
  const probe = {
    ...readProbe(raw),
    cutShort: demuxerOf(task.file.mimeType) === 'mov' && (await isCutShort(task.file.path)),
  };
  if (!probe.video && !probe.audio) return refuse('FILE_NOT_MEDIA');
  const { width, height } = raw.streams.find(({ index }) => index === probe.video?.index) ?? {};
  if (width && height && width * height > MAX_PICTURE_PIXELS) return refuse('MEDIA_TOO_MANY_PIXELS');
  const lasts = (probe.durationMs ?? 0) >= MIN_DURATION_MS || (await plays(task, probe));
  return lasts ? { ok: true, probe } : refuse('MEDIA_EMPTY');
}

function readAnswer(answer: string): z.infer<typeof rawProbe> | null {
  try {
    return rawProbe.parse(JSON.parse(answer));
  } catch {
    // It was ended in the middle of a sentence.
    return null;
  }
}

function readProbe({ streams, format }: z.infer<typeof rawProbe>): Omit<Probe, 'cutShort'> {
  const isPicture = ({ disposition }: RawStream) =>
    disposition.attached_pic === 1 || disposition.still_image === 1;
  const video = streams.find(
    (stream) => stream.codec_type === 'video' && !isPicture(stream) && stream.width > 0 && stream.height > 0,
  );
  const audio = streams.find(({ codec_type, codec_name }) => codec_type === 'audio' && codec_name !== '');
  const cover = streams.find((stream) => stream.codec_type === 'video' && isPicture(stream));
  const seconds = [format.duration, video?.duration, audio?.duration].find((one) => one && one > 0);
  return {
    durationMs: seconds ? Math.round(seconds * 1000) : null,
    bitRate: format.bit_rate > 0 ? format.bit_rate : null,
    brand: format.tags.major_brand?.trim() ?? null,
    video: video ? readVideo(video) : null,
    audio: audio
      ? {
          index: audio.index,
          codec: audio.codec_name,
          profile: audio.profile,
          channels: audio.channels > 0 ? audio.channels : 1,
        }
      : null,
    cover: cover?.index ?? null,
    subtitles: streams
      .filter(({ codec_type, codec_name }) => codec_type === 'subtitle' && TEXT_SUBTITLES.has(codec_name))
      .slice(0, MAX_SUBTITLES)
      .map(
        ({ index, tags }): SubtitleStream => ({
          index,
          language: /^[a-z]{2,3}$/i.test(tags.language ?? '') ? (tags.language ?? null) : null,
          title: tags.title?.slice(0, 100) ?? null,
        }),
      ),
  };
}

function readVideo(stream: RawStream): VideoStream {
  const turned = stream.side_data_list.find(({ rotation }) => rotation !== undefined)?.rotation ?? 0;
  const rotation = (((Math.round(turned / 90) * 90) % 360) + 360) % 360 || 0;
  const [across = 1, down = 1] = stream.sample_aspect_ratio.split(':').map(Number);
  const aspect = across > 0 && down > 0 ? across / down : 1;
  const [width, height] = [stream.width * Math.min(Math.max(aspect, 0.1), 10), stream.height];
  const [frames = 0, inSeconds = 0] = stream.avg_frame_rate.split('/').map(Number);
  return {
    index: stream.index,
    codec: stream.codec_name,
    profile: stream.profile,
    pixelFormat: stream.pix_fmt,
    width: Math.round(rotation % 180 === 90 ? height : width),
    height: Math.round(rotation % 180 === 90 ? width : height),
    rotation,
    stretched: Math.abs(aspect - 1) > 0.001,
    interlaced: /^(tt|bb|tb|bt)$/.test(stream.field_order),
    hdr: HDR_TRANSFERS.has(stream.color_transfer),
    frameRate: frames > 0 && inSeconds > 0 ? frames / inSeconds : null,
  };
}

/** Whether anything comes out of a file that does not say how long it lasts. */
async function plays(task: Task, probe: Omit<Probe, 'cutShort'>): Promise<boolean> {
  let packets = 0;
  const { index } = probe.video ?? probe.audio ?? { index: 0 };
  await runFfmpeg(task, {
    program: 'ffprobe',
    reading: [
      ...['-select_streams', String(index), '-read_intervals', '%+#2'],
      ...['-show_entries', 'packet=size', '-of', 'csv=p=0'],
    ],
    timeoutMs: TIMEOUT_MS,
    onLine: (line) => {
      if (Number.parseInt(line, 10) > 0) packets += 1;
    },
  });
  return packets > 0;
}

/** Whether a box of an MP4 or MOV (ISO 14496-12, 4.2) goes on beyond the end of the file. */
async function isCutShort(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const head = Buffer.alloc(16);
    for (let at = 0, boxes = 0; at + 8 <= size && boxes < 10_000; boxes += 1) {
      await handle.read(head, 0, 16, at);
      const short = head.readUInt32BE(0);
      const length = short === 1 ? Number(head.readBigUInt64BE(8)) : short;
      // The last box may leave out how long it is.
      if (length === 0) return false;
      if (length < 8) return true;
      at += length;
      if (at > size) return true;
    }
    return false;
  } finally {
    await handle.close();
  }
}
