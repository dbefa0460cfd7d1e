import { z } from 'zod';
import { descriptionInput, titleInput } from '../courses/inputs';
import { zoneInput } from '../zone-input';
import { minutesOf } from './free-hours';

const MAX_RANGES = 12;
const MAX_EXCEPTIONS = 366;
const MAX_LENGTHS = 6;
const MAX_MINUTES_AROUND = 240;
const WEEK_MINUTES = 7 * 24 * 60;

const time = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/);
const range = z
  .strictObject({ from: time, to: time })
  .refine(({ from, to }) => minutesOf(from) < minutesOf(to));

/** The ranges of a day, in order; they may touch, but not overlap. */
const ranges = z
  .array(range)
  .max(MAX_RANGES)
  .transform((all) => all.toSorted((a, b) => minutesOf(a.from) - minutesOf(b.from)))
  .refine((all) =>
    all.every((one, index) => minutesOf(one.from) >= minutesOf(all[index - 1]?.to ?? '00:00')),
  );

const exceptions = z
  .array(z.strictObject({ date: z.iso.date(), ranges }))
  .max(MAX_EXCEPTIONS)
  .refine((all) => new Set(all.map(({ date }) => date)).size === all.length)
  .transform((all) => all.toSorted((a, b) => a.date.localeCompare(b.date)));

export const hoursInput = z.strictObject({
  timeZone: zoneInput,
  /** Monday first. */
  weekly: z.array(ranges).length(7),
  exceptions,
  stepMinutes: z.int().min(5).max(240),
  bufferBeforeMinutes: z.int().min(0).max(MAX_MINUTES_AROUND),
  bufferAfterMinutes: z.int().min(0).max(MAX_MINUTES_AROUND),
  noticeMinutes: z
    .int()
    .min(0)
    .max(4 * WEEK_MINUTES),
  horizonDays: z.int().min(1).max(365),
  /** Null: any number. */
  maxADay: z.int().min(1).max(50).nullable(),
  changeMinutes: z
    .int()
    .min(0)
    .max(4 * WEEK_MINUTES),
});
export type HoursWish = z.infer<typeof hoursInput>;

export const offerInput = z.strictObject({
  title: titleInput,
  description: descriptionInput,
  lengths: z
    .array(z.int().min(5).max(600))
    .min(1)
    .max(MAX_LENGTHS)
    .transform((all) => [...new Set(all)].sort((a, b) => a - b)),
  seats: z.int().min(1).max(100),
  open: z.boolean(),
});
export type OfferWish = z.infer<typeof offerInput>;

/** ms since the epoch, of a year that people plan in. */
export const instantInput = z.int().min(0).max(8_000_000_000_000);

export const slugInput = z.string().min(1).max(80);
