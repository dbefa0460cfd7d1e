import { z } from 'zod';
import { router, userProcedure } from '../trpc';
import { sectionInput } from './inputs';
import * as materials from './materials';
import * as syllabus from './syllabus';

const courseId = z.uuid();
const sectionId = z.uuid();
const place = z.int().min(0).max(1000);

/** What a course is made of: its sections, in their order. */
export const syllabusRouter = router({
  list: userProcedure
    .input(z.strictObject({ courseId }))
    .query(({ ctx, input }) => syllabus.readSyllabus(ctx.app, ctx.user.id, input.courseId)),
  add: userProcedure
    .input(sectionInput.extend({ courseId, at: place.optional() }))
    .mutation(({ ctx, input }) => syllabus.addSection(ctx.app, ctx.user.id, input)),
  change: userProcedure
    .input(sectionInput.extend({ courseId, sectionId }))
    .mutation(({ ctx, input }) => syllabus.changeSection(ctx.app, ctx.user.id, input)),
  move: userProcedure
    .input(z.strictObject({ courseId, sectionId, to: place }))
    .mutation(({ ctx, input }) => syllabus.moveSection(ctx.app, ctx.user.id, input)),
  remove: userProcedure
    .input(z.strictObject({ courseId, sectionId }))
    .mutation(({ ctx, input }) => syllabus.removeSection(ctx.app, ctx.user.id, input)),
});

/** The files of a course. */
export const materialsRouter = router({
  list: userProcedure
    .input(z.strictObject({ courseId }))
    .query(({ ctx, input }) => materials.readMaterials(ctx.app, ctx.user.id, input.courseId)),
  add: userProcedure
    .input(z.strictObject({ courseId, documentIds: z.array(z.uuid()).min(1).max(200) }))
    .mutation(({ ctx, input }) => materials.addMaterials(ctx.app, ctx.user.id, input)),
  remove: userProcedure
    .input(z.strictObject({ courseId, documentId: z.uuid() }))
    .mutation(({ ctx, input }) => materials.removeMaterial(ctx.app, ctx.user.id, input)),
  download: userProcedure
    .input(z.strictObject({ courseId, documentId: z.uuid() }))
    .query(({ ctx, input }) => materials.downloadMaterial(ctx.app, ctx.user.id, input)),
});
