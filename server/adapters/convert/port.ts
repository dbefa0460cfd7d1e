import { z } from 'zod';

/** What may be shown by pages. Found from the content. */
export const PAGED_TYPES = ['application/pdf', 'image/png', 'image/jpeg'] as const;
export type PagedType = (typeof PAGED_TYPES)[number];

/** What the checks found: the pages' sizes in PDF points, or why the file cannot be taken. */
export const inspectionResult = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    pages: z.array(z.tuple([z.number().positive(), z.number().positive()])).min(1),
  }),
  z.object({ ok: z.literal(false), failure: z.enum(['FILE_LOCKED', 'FILE_DAMAGED']) }),
]);
export type InspectionResult = z.infer<typeof inspectionResult>;

/** Reads people's files in processes that can do no harm. */
export type Converter = {
  /**
   * Opens a file and reads the size of each page.
   * @param file  path of the file; it is not changed
   * @param onPicture  given the path of the first page's picture (WebP) if it is made within a few seconds; the file is gone afterwards
   */
  inspect(
    file: string,
    type: PagedType,
    onPicture: (path: string) => Promise<void>,
  ): Promise<InspectionResult>;
  /**
   * Makes pictures (WebP) of pages `first` to `last`, and hands over each as it is done. A page that cannot be drawn is left out.
   */
  renderPages(
    file: string,
    pages: { first: number; last: number },
    onPicture: (page: number, path: string) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void>;
};
