import type { CDPSession, Page } from '@playwright/test';
import sharp from 'sharp';

type Frame = { at: number; data: string };
export type Box = { x: number; y: number; width: number; height: number };
type Colour = readonly [red: number, green: number, blue: number];

/** Whether the mean colour of a spot is what is looked for. */
export type Look = (seen: Colour) => boolean;

/**
 * What a page's screen showed and when: its frames as the browser presented them, with the machine's time (ms since the epoch).
 * Frames are looked at after what is measured, so that looking costs nothing meanwhile.
 */
export class Screen {
  #frames: Frame[] = [];
  readonly #session: CDPSession;
  readonly #width: number;

  private constructor(session: CDPSession, width: number) {
    this.#session = session;
    this.#width = width;
  }

  static async watch(page: Page): Promise<Screen> {
    const session = await page.context().newCDPSession(page);
    const screen = new Screen(session, page.viewportSize()?.width ?? 0);
    session.on('Page.screencastFrame', ({ data, metadata, sessionId }) => {
      screen.#frames.push({ at: (metadata.timestamp ?? 0) * 1000, data });
      session.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined);
    });
    await session.send('Page.startScreencast', {
      format: 'jpeg',
      quality: 70,
      maxWidth: 720,
      maxHeight: 720,
      everyNthFrame: 1,
    });
    return screen;
  }

  async stop(): Promise<void> {
    await this.#session.send('Page.stopScreencast');
  }

  /** Forgets what was shown so far. */
  forget(): void {
    this.#frames = [];
  }

  /** When spots (CSS pixels of the page) first looked so, all of them; null: not yet. */
  async seenAt(spots: readonly Box[], is: Look): Promise<number | null> {
    for (const frame of this.#frames) {
      if (await this.#shows(frame, spots, is)) return frame.at;
    }
    return null;
  }

  /** The same, waited for; throws after ten seconds. */
  async untilSeen(spots: readonly Box[], is: Look): Promise<number> {
    const deadline = Date.now() + 10_000;
    while (Date.now() < deadline) {
      const [last] = this.#frames.slice(-1);
      if (last && (await this.#shows(last, spots, is))) return (await this.seenAt(spots, is)) ?? last.at;
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    throw new Error('The screen never showed what was waited for');
  }

  async #shows({ data }: Frame, spots: readonly Box[], is: Look): Promise<boolean> {
    const image = sharp(Buffer.from(data, 'base64'));
    const { width } = await image.metadata();
    const scale = width / this.#width;
    const { data: pixels, info } = await image.removeAlpha().raw().toBuffer({ resolveWithObject: true });
    return spots.every((spot) => is(meanOf(pixels, info.width, spot, scale)));
  }
}

function meanOf(pixels: Buffer, width: number, spot: Box, scale: number): Colour {
  const sum: [number, number, number] = [0, 0, 0];
  let count = 0;
  const [left, top] = [Math.round(spot.x * scale), Math.round(spot.y * scale)];
  for (let y = top; y < top + Math.max(1, spot.height * scale); y += 1)
    for (let x = left; x < left + Math.max(1, spot.width * scale); x += 1) {
      const at = (y * width + x) * 3;
      for (const part of [0, 1, 2] as const) sum[part] += pixels[at + part] ?? 0;
      count += 1;
    }
  return [sum[0] / count, sum[1] / count, sum[2] / count];
}

/** For a spot that has a colour, as exactly as a picture of the screen gives it. */
export function near(colour: Colour): Look {
  return (seen) => Math.max(...seen.map((part, index) => Math.abs(part - (colour[index] ?? 0)))) < 40;
}

/** For a spot that is covered with ink. */
export const isInk: Look = (seen) => Math.max(...seen) < 110;
