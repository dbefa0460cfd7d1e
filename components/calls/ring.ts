/** A soft third, again and again: quiet enough for an office, and nothing like an alarm. */
const NOTES = [
  { hertz: 659.26, at: 0 },
  { hertz: 523.25, at: 0.22 },
] as const;
const EVERY_MS = 2600;
const LOUD = 0.07;
const NOTE_SECONDS = 0.9;

/**
 * Rings until the signal says that it is over. Where the browser allows no sound before somebody has touched the page, it is silent until they do;
 * of several tabs of a browser one rings.
 */
export function ring(signal: AbortSignal): void {
  const context = new AudioContext();
  signal.addEventListener('abort', () => void context.close(), { once: true });
  const play = () => (context.state === 'running' ? chime(context) : undefined);
  const begin = () =>
    new Promise<void>((resolve) => {
      play();
      const timer = setInterval(play, EVERY_MS);
      signal.addEventListener('abort', () => {
        clearInterval(timer);
        resolve();
      });
    });
  const heard = async () => {
    await context.resume();
    if (signal.aborted) return;
    await ('locks' in navigator ? navigator.locks.request('lectern.ringing', { signal }, begin) : begin());
  };
  heard().catch((error: unknown) => {
    // Closed or called off while it waited to be allowed to.
    if (!signal.aborted) console.warn('It rings without sound', error);
  });
}

function chime(context: AudioContext): void {
  for (const { hertz, at } of NOTES) {
    const start = context.currentTime + at;
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = hertz;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(LOUD, start + 0.03);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + NOTE_SECONDS);
    tone.connect(volume).connect(context.destination);
    tone.start(start);
    tone.stop(start + NOTE_SECONDS);
  }
}
