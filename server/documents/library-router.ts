import { z } from 'zod';
import { publicProcedure, router, userProcedure } from '../trpc';
import { announcedFile, withdrawUpload } from './announce';
import * as folders from './folders';
import * as library from './library';
import * as links from './links';
import { fileNameInput } from './names';
import { readUsage } from './quota';
import { readOriginal, readPages, renameDocument, requireOwnDocument } from './service';

const documentId = z.uuid();
const folderId = z.uuid();
const ofDocument = userProcedure.input(z.strictObject({ documentId })).use(async ({ ctx, input, next }) => {
  await requireOwnDocument(ctx.app, ctx.user.id, input.documentId);
  return next();
});

/** The signed-in person's own library: nobody else's files and folders are reached here. */
export const libraryRouter = router({
  list: userProcedure
    .input(library.listingInput)
    .query(({ ctx, input }) => library.listLibrary(ctx.app, ctx.user.id, input, Date.now())),

  /** How these files stand now. */
  states: userProcedure
    .input(z.strictObject({ documentIds: z.array(documentId).max(200) }))
    .query(({ ctx, input }) => library.readStates(ctx.app, ctx.user.id, input.documentIds, Date.now())),

  folders: userProcedure.query(({ ctx }) => library.listFolders(ctx.app, ctx.user.id)),
  usage: userProcedure.query(({ ctx }) => readUsage(ctx.app, ctx.user.id)),

  createFolder: userProcedure
    .input(z.strictObject({ name: fileNameInput, parentId: folderId.nullable() }))
    .mutation(({ ctx, input }) => folders.createFolder(ctx.app, ctx.user.id, input)),
  renameFolder: userProcedure
    .input(z.strictObject({ folderId, name: fileNameInput }))
    .mutation(({ ctx, input }) => folders.renameFolder(ctx.app, ctx.user.id, input.folderId, input.name)),
  rename: userProcedure
    .input(z.strictObject({ documentId, name: fileNameInput }))
    .mutation(({ ctx, input }) => renameDocument(ctx.app, input.documentId, ctx.user.id, input.name)),

  move: userProcedure
    .input(library.itemsInput.extend({ to: folderId.nullable() }))
    .mutation(({ ctx, input: { to, ...items } }) => library.moveItems(ctx.app, ctx.user.id, items, to)),
  remove: userProcedure
    .input(library.itemsInput)
    .mutation(({ ctx, input }) => library.deleteItems(ctx.app, ctx.user.id, input)),
  restore: userProcedure
    .input(library.itemsInput)
    .mutation(({ ctx, input }) => library.restoreItems(ctx.app, ctx.user.id, input)),

  /** Gives up what is being uploaded of this file. */
  withdraw: userProcedure
    .input(z.strictObject({ fingerprint: announcedFile.shape.fingerprint, size: announcedFile.shape.size }))
    .mutation(({ ctx, input }) => withdrawUpload(ctx.app, ctx.user.id, input)),

  /** A document's pages, for its owner to look at. */
  pages: ofDocument.query(({ ctx, input }) => readPages(ctx.app, input.documentId, Date.now())),
  /** A short-lived address of the file as it was uploaded. */
  download: ofDocument.query(({ ctx, input }) => readOriginal(ctx.app, input.documentId, Date.now(), true)),

  share: ofDocument.mutation(({ ctx, input }) => links.shareDocument(ctx.app, input.documentId)),
  unshare: ofDocument.mutation(({ ctx, input }) => links.unshareDocument(ctx.app, input.documentId)),
  /** What a share link leads to, for anybody who has it. */
  shared: publicProcedure
    .input(z.strictObject({ token: z.string().max(100) }))
    .query(({ ctx, input }) => links.readShared(ctx.app, input.token, ctx.headers, Date.now())),
});
