/** How long a laser's light stays, ms. */
export const LASER_FADES_MS = 1200;
const MOST_POINTS = 200;
const COLOR = '#f4324c';
/** CSS pixels. */
const WIDTH = 6;

type Spot = { x: number; y: number; at: number };

/** Where others' lasers went in the last moment, on one board. Times are ms on a steady clock. */
export class LaserTrails {
  readonly #trails = new Map<string, Spot[]>();

  receive(points: readonly number[], author: string, now: number): void {
    const trail = this.#trails.get(author) ?? [];
    for (let i = 0; i + 1 < points.length; i += 2)
      trail.push({ x: points[i] ?? 0, y: points[i + 1] ?? 0, at: now });
    this.#trails.set(author, trail.slice(-MOST_POINTS));
  }

  /** What still shines; false: nothing. */
  fade(now: number): boolean {
    for (const [author, trail] of this.#trails) {
      const left = trail.filter(({ at }) => at + LASER_FADES_MS > now);
      if (left.length === 0) this.#trails.delete(author);
      else this.#trails.set(author, left);
    }
    return this.#trails.size > 0;
  }

  /** Paints in page units; `scale` is pixels a unit. */
  paint(context: CanvasRenderingContext2D, now: number, scale: number): void {
    context.strokeStyle = COLOR;
    context.lineCap = 'round';
    for (const trail of this.#trails.values()) {
      trail.forEach((spot, index) => {
        const before = trail[index - 1] ?? spot;
        const left = 1 - (now - spot.at) / LASER_FADES_MS;
        if (left <= 0) return;
        context.globalAlpha = left;
        context.lineWidth = (WIDTH * (0.4 + 0.6 * left)) / scale;
        context.beginPath();
        context.moveTo(before.x, before.y);
        context.lineTo(spot.x + 0.01, spot.y);
        context.stroke();
      });
    }
    context.globalAlpha = 1;
  }
}

/** For a replay: where the laser was, five times a second, told to the log a second's worth at a time (L9). */
export class LaserLog {
  readonly #tell: (samples: [number, number, number][]) => void;
  #samples: [number, number, number][] = [];
  #first = 0;
  #last = Number.NEGATIVE_INFINITY;

  constructor(tell: (samples: [number, number, number][]) => void) {
    this.#tell = tell;
  }

  note(at: { x: number; y: number } | null, now: number): void {
    if (at && now - this.#last >= 200) {
      if (this.#samples.length === 0) this.#first = now;
      this.#last = now;
      this.#samples.push([Number(at.x.toFixed(1)), Number(at.y.toFixed(1)), Math.round(now - this.#first)]);
    }
    if (this.#samples.length === 0 || (at && this.#samples.length < 5)) return;
    this.#tell(this.#samples);
    this.#samples = [];
  }
}
