import * as documents from '../documents/service';
import type { JobHandler } from './worker';

/** Where a job ends up that was tried in vain: its document says so, and can be tried again by hand. */
export const giveDocumentUp: JobHandler<'document-failed'> = async ({ app }, { documentId }) => {
  const source = await documents.findSource(app, documentId);
  if (source) await documents.failConversion(app, source, 'INTERNAL');
};
