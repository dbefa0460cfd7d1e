import * as documents from '../documents/service';
import { tellOfReplacement } from '../rooms/service';
import type { JobHandler } from './worker';

/** Rooms in which a document is open learn that it has another file, with other pages. */
export const tellRooms: JobHandler<'document-replaced'> = async ({ app }, { documentId }) => {
  const document = await documents.findDocument(app.db, documentId);
  if (!document) return;
  const { ownerId, pageCount, version } = document;
  await tellOfReplacement(app, ownerId, { documentId, pageCount, version });
};
