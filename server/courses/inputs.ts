import { z } from 'zod';
import { cleanName } from '../clean-name';
import { zoneInput } from '../zone-input';

export const MAX_TITLE = 120;
export const MAX_DESCRIPTION = 2000;
export const MAX_SECTION_TEXT = 4000;
export const MAX_CAPACITY = 100_000;

/** Control characters but for line breaks and tabs, and the marks that turn the direction of the text around them. */
// oxlint-disable-next-line no-control-regex
const UNWANTED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Several lines as they are kept. Markup is left alone: it is shown as text. */
const lines = (max: number) =>
  z
    .string()
    .max(max * 2)
    .transform((text) => text.replaceAll('\r\n', '\n').replace(UNWANTED, '').trim().normalize('NFC'))
    .refine((text) => text.length <= max);

export const titleInput = z
  .string()
  .max(500)
  .transform(cleanName)
  .refine((title) => title.length > 0 && title.length <= MAX_TITLE);

export const descriptionInput = lines(MAX_DESCRIPTION);

/** A language by its tag, in its usual spelling. */
export const languageInput = z
  .string()
  .max(35)
  .transform((tag, context) => {
    try {
      const [canonical] = Intl.getCanonicalLocales(tag);
      if (canonical) return canonical;
    } catch (error) {
      // The only way to ask: what is no tag is a RangeError.
      if (!(error instanceof RangeError)) throw error;
    }
    context.addIssue({ code: 'custom', message: 'no language' });
    return z.NEVER;
  });

export const basicsInput = z.strictObject({
  courseId: z.uuid(),
  title: titleInput,
  description: descriptionInput,
  language: languageInput,
  level: z.enum(['all', 'beginner', 'intermediate', 'advanced']),
  timeZone: zoneInput,
});

export const enrolmentInput = z.strictObject({
  courseId: z.uuid(),
  visibility: z.enum(['invited', 'public']),
  enrolment: z.enum(['open', 'approval', 'closed']),
  registration: z.enum(['series', 'lessons']),
  /** Null: any number of students. */
  capacity: z.int().min(1).max(MAX_CAPACITY).nullable(),
});

export const sectionInput = z.strictObject({ title: titleInput, text: lines(MAX_SECTION_TEXT) });

export type Basics = z.infer<typeof basicsInput>;
export type EnrolmentSettings = z.infer<typeof enrolmentInput>;
export type Section = z.infer<typeof sectionInput>;
