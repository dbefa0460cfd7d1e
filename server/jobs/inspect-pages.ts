import type { PagedType } from '../adapters/convert/port';
import type { Source } from '../documents/service';
import { AppError } from '../errors';
import { storePage } from './page-outputs';
import type { JobContext } from './worker';

/**
 * The sizes of a file's pages, and its first page drawn and stored.
 * @param file  path of the file itself, or of the PDF that was made of it
 * @throws AppError FILE_…: it has no pages that can be shown
 */
export async function inspectPages(
  context: JobContext,
  { storageKey }: Source,
  file: string,
  type: PagedType,
): Promise<{ sizes: readonly [number, number][]; first: { text: string } | null }> {
  let first: { text: string } | null = null;
  const result = await context.adapters.converter.inspect(file, type, async (output) => {
    await storePage(context, storageKey, output);
    first = { text: output.text };
  });
  if (!result.ok) throw new AppError(result.failure);
  return { sizes: result.pages, first };
}
