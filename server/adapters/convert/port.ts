import { z } from 'zod';

/** Pictures that become a document of one page. */
export const PICTURE_TYPES = [
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/avif',
  'image/gif',
  'image/svg+xml',
] as const;
/** What is shown by pages as it is. Found from the content. */
export const PAGED_TYPES = ['application/pdf', ...PICTURE_TYPES] as const;
export type PagedType = (typeof PAGED_TYPES)[number];

/** What is made into a PDF first, by the names that people know. */
export const OFFICE_FORMATS = [
  'doc',
  'docx',
  'ppt',
  'pptx',
  'xls',
  'xlsx',
  'odt',
  'odp',
  'ods',
  'rtf',
  'txt',
  'md',
  'csv',
  'html',
] as const;
export type OfficeFormat = (typeof OFFICE_FORMATS)[number];

/** A book of 5,000 pages is the largest. */
export const MAX_PAGES = 5000;

/** Why a file has no pages, as codes of server/errors.ts. */
export const CONVERSION_FAILURES = [
  'FILE_LOCKED',
  'FILE_DAMAGED',
  'FILE_TOO_MANY_PAGES',
  'FILE_TOO_MANY_PIXELS',
  'FILE_TOO_SLOW',
  'CONVERTER_MISSING',
] as const;
export type ConversionFailure = (typeof CONVERSION_FAILURES)[number];

/** What the checks found: the pages' sizes in PDF points, or why the file cannot be taken. */
export const inspectionResult = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    pages: z.array(z.tuple([z.number().positive(), z.number().positive()])).min(1),
  }),
  z.object({ ok: z.literal(false), failure: z.enum(CONVERSION_FAILURES) }),
]);
export type InspectionResult = z.infer<typeof inspectionResult>;

/** What one page is shown and found by. The files are gone once they were handed over. */
export type PageOutput = {
  /** From 1. */
  page: number;
  /** Paths of the page's picture and of a small one for lists (WebP); null of a page that cannot be drawn. */
  drawn: { picture: string; thumbnail: string } | null;
  /** What can be read on it. */
  text: string;
};
export type TakePage = (output: PageOutput) => Promise<void>;

/** Reads people's files in processes that can do no harm. */
export type Converter = {
  /**
   * Opens a PDF or a picture and reads the size of each page.
   * @param file  path of the file; it is not changed
   * @param onPage  given the first page if it is drawn within a few seconds
   */
  inspect(file: string, type: PagedType, onPage: TakePage): Promise<InspectionResult>;
  /**
   * Draws pages `first` to `last` of a PDF, and hands over each as it is done; of one that cannot be drawn its text. A page
   * of which nothing can be read is left out.
   */
  renderPages(
    file: string,
    pages: { first: number; last: number },
    onPage: TakePage,
    signal: AbortSignal,
  ): Promise<void>;
  /**
   * Makes a PDF of an office document. Nothing in the document runs, and nothing that it points to is read.
   * @param file  path of the file; it is not changed
   * @param onPdf  given the path of the PDF; it is gone afterwards
   * @returns why there is no PDF, or null
   */
  toPdf(
    file: string,
    format: OfficeFormat,
    onPdf: (path: string) => Promise<void>,
    signal: AbortSignal,
  ): Promise<ConversionFailure | null>;
};
