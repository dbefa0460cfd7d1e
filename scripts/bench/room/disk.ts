import { open, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Percentiles, percentiles } from './deliveries';

/** What one commit writes, about. */
const BLOCK = Buffer.alloc(8192, 1);
const FILE_BYTES = 16 * 1024 * 1024;

/**
 * How long the disk under `folder` lets a commit wait, whoever asks: a block is written over and waited for (fdatasync, as Postgres
 * does), `rate` times a second. Times in ms.
 */
export class DiskProbe {
  readonly #file: string;
  readonly #times: number[] = [];

  constructor(folder: string) {
    this.#file = path.join(folder, 'disk-probe');
  }

  /** Asks the disk until `during` has settled. */
  async beside(rate: number, during: Promise<unknown>): Promise<void> {
    let over = false;
    const ended = () => (over = true);
    during.then(ended, ended);
    const file = await open(this.#file, 'w');
    try {
      await file.writeFile(Buffer.alloc(FILE_BYTES));
      await file.sync();
      for (let at = 0; !over; at = (at + BLOCK.length) % FILE_BYTES) {
        const started = performance.now();
        await file.write(BLOCK, 0, BLOCK.length, at);
        await file.datasync();
        this.#times.push(performance.now() - started);
        await wait(1000 / rate);
      }
    } finally {
      await file.close();
      await rm(this.#file);
    }
  }

  report(): Percentiles & { max: number } {
    return { ...percentiles(this.#times), max: Math.max(...this.#times) };
  }
}
