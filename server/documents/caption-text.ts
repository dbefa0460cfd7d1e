/** A line of words, ms from the beginning. */
export type Cue = { startMs: number; endMs: number; text: string };

/** A film of a day and night has fewer. */
const MAX_CUES = 50_000;
const MAX_CUE_LENGTH = 2000;

/** `1:02:03,456` as SRT writes it, `02:03.456` as WebVTT may. */
const TIME = String.raw`(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[,.](\d{1,3})`;
const TIMES = new RegExp(`^\\s*${TIME}\\s*-->\\s*${TIME}`);

/** The lines of an SRT or WebVTT file, in order. What is neither a time nor the words below it is left out. */
export function readCues(text: string): Cue[] {
  const cues: Cue[] = [];
  let open: { startMs: number; endMs: number; lines: string[] } | null = null;
  const close = () => {
    const words = open?.lines.join('\n').trim().slice(0, MAX_CUE_LENGTH);
    if (open && words && open.endMs > open.startMs) {
      cues.push({ startMs: open.startMs, endMs: open.endMs, text: words });
    }
    open = null;
  };
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
    const times = TIMES.exec(line);
    if (times) {
      close();
      open = { startMs: timeOf(times.slice(1, 5)), endMs: timeOf(times.slice(5, 9)), lines: [] };
    } else if (line.trim() === '') {
      close();
      if (cues.length >= MAX_CUES) return cues;
    } else {
      open?.lines.push(line.trim());
    }
  }
  close();
  return cues.toSorted((a, b) => a.startMs - b.startMs);
}

function timeOf([hours, minutes, seconds, fraction = '']: (string | undefined)[]): number {
  return (
    (Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000 +
    Number(fraction.padEnd(3, '0'))
  );
}

/** A WebVTT file of these lines: words, and what is bold, italic or underlined. Nothing else that a file held gets through. */
export function writeVtt(cues: readonly Cue[]): string {
  const blocks = cues.map(
    ({ startMs, endMs, text }) => `${clock(startMs)} --> ${clock(endMs)}\n${safeWords(text)}\n`,
  );
  return ['WEBVTT\n', ...blocks].join('\n');
}

function clock(ms: number): string {
  const part = (value: number, digits = 2) => String(Math.floor(value)).padStart(digits, '0');
  return `${part(ms / 3600_000)}:${part((ms / 60_000) % 60)}:${part((ms / 1000) % 60)}.${part(ms % 1000, 3)}`;
}

function safeWords(text: string): string {
  return (
    text
      // Places on the screen, as some write them into the words.
      .replace(/\{\\[^}]*\}/g, '')
      .replace(/<(?!\/?[biu]>)[^<>]*>/gi, '')
      .split(/(<\/?[biu]>)/i)
      .map((piece, index) => (index % 2 === 1 ? piece.toLowerCase() : escaped(piece)))
      .join('')
  );
}

/** Words that are escaped already, as in WebVTT, stay what they say. */
function escaped(words: string): string {
  return words
    .replace(/&(?!(?:amp|lt|gt|nbsp|lrm|rlm);)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
