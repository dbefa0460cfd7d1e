import type { Log } from '../../log';
import { inWorkFolder } from '../sandbox/work-folder';
import { demuxerOf } from './demuxers';
import { makeHlsOfInput } from './make-hls';
import { posterOfInput, subtitlesOfInput, waveformOfInput } from './make-extras';
import type { MediaFile, Transcoder } from './port';
import { probeInput } from './probe';
import type { FfmpegSettings, Task } from './run';

/** A transcoder whose processes work in folders below `workFolder`, which are removed after each run. */
export function ffmpegTranscoder(workFolder: string, log: Log, settings: FfmpegSettings): Transcoder {
  const { folder: programs } = settings;
  function inTask<T>(file: MediaFile, work: (task: Task) => Promise<T>): Promise<T> {
    if (!programs) throw new Error('ffmpeg is not installed');
    return inWorkFolder(workFolder, file.path, (folder) =>
      work({ settings: { ...settings, folder: programs }, log, folder, file }),
    );
  }
  return {
    async probe(file) {
      if (!programs) return { ok: false, failure: 'TRANSCODER_MISSING' };
      if (!demuxerOf(file.mimeType)) return { ok: false, failure: 'FILE_NOT_MEDIA' };
      return inTask(file, probeInput);
    },
    makeHls: (file, probe, plan, take, signal) =>
      inTask(file, (task) => makeHlsOfInput(task, probe, plan, take, signal)),
    makePoster: (file, probe, take, signal) =>
      inTask(file, (task) => posterOfInput(task, probe, take, signal)),
    makeWaveform: (file, probe, signal) => inTask(file, (task) => waveformOfInput(task, probe, signal)),
    readSubtitles: (file, probe, signal) => inTask(file, (task) => subtitlesOfInput(task, probe, signal)),
  };
}
