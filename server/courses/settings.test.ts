import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentPages, documents, users } from '@/db/schema';
import { createTestDatabase, type TestDatabase } from '@/db/testing';
import type { App } from '../app';
import { testApp } from '../testing';
import { basicsInput, enrolmentInput, titleInput } from './inputs';
import * as materials from './materials';
import * as courses from './service';
import * as settings from './settings';
import * as syllabus from './syllabus';

let database: TestDatabase;
let app: App;
let owner: string;
let teacher: string;
let student: string;
let stranger: string;
let courseId: string;

async function account(name: string): Promise<string> {
  const id = randomUUID();
  await database.db.insert(users).values({ id, name, email: `${name.toLowerCase()}@example.org` });
  return id;
}

/** A file in somebody's library that is ready to be shown. */
async function file(ownerId: string, mimeType: string, more: { name?: string; deletedAt?: Date } = {}) {
  const id = randomUUID();
  const facts = { mimeType, bytes: 5, status: 'ready' as const, pageCount: 1, storageKey: randomUUID() };
  await database.db.insert(documents).values({ id, ownerId, name: 'moon.jpg', ...facts, ...more });
  await database.db
    .insert(documentPages)
    .values({ documentId: id, page: 1, width: 800, height: 450, imageKey: randomUUID() });
  return id;
}

beforeAll(async () => {
  database = await createTestDatabase();
  app = testApp(database);
  owner = await account('Olga');
  teacher = await account('Tess');
  student = await account('Sam');
  stranger = await account('Ned');
  ({ id: courseId } = await courses.createCourse(app, owner, {
    title: 'Astronomy',
    description: '',
    timeZone: 'Europe/Kyiv',
  }));
  await courses.enrol(app, owner, { courseId, email: 'tess@example.org', role: 'teacher' });
  await courses.enrol(app, owner, { courseId, email: 'sam@example.org', role: 'student' });
});
afterAll(() => database.drop());

const basics = (more: object = {}) =>
  basicsInput.parse({
    courseId,
    title: 'Astronomy',
    description: 'What moves up there',
    language: 'uk',
    level: 'beginner',
    timeZone: 'Europe/Kyiv',
    ...more,
  });

describe('the settings of a course', () => {
  test('are the owner’s to change, a teacher’s to see, and nobody else’s', async () => {
    await settings.changeBasics(app, owner, basics());
    expect(await settings.readSettings(app, owner, courseId)).toMatchObject({
      manages: true,
      basics: { language: 'uk', level: 'beginner', timeZone: 'Europe/Kyiv' },
      enrolment: { visibility: 'invited', enrolment: 'open', registration: 'series', capacity: null },
      cover: null,
    });
    expect(await settings.readSettings(app, teacher, courseId)).toMatchObject({ manages: false });
    for (const [who, code] of [
      [teacher, 'NOT_ALLOWED'],
      [student, 'NOT_ALLOWED'],
      [stranger, 'NOT_FOUND'],
    ] as const) {
      await expect(settings.changeBasics(app, who, basics())).rejects.toMatchObject({ code });
      await expect(settings.setCover(app, who, { courseId, documentId: null })).rejects.toMatchObject({
        code,
      });
    }
    await expect(settings.readSettings(app, student, courseId)).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
    });
  });

  test('take no zone, language or capacity that there is not', () => {
    const fields = (schema: typeof basicsInput | typeof enrolmentInput, input: object) =>
      schema.safeParse(input).error?.issues.map(({ path }) => path.join('.'));
    expect(basicsInput.safeParse({ ...basics(), language: 'PT-br' }).data?.language).toBe('pt-BR');
    expect(fields(basicsInput, { ...basics(), language: 'not a language' })).toEqual(['language']);
    expect(fields(basicsInput, { ...basics(), timeZone: 'Mars/Olympus' })).toEqual(['timeZone']);
    expect(fields(basicsInput, { ...basics(), timeZone: '+02:00' })).toEqual(['timeZone']);
    expect(fields(basicsInput, { ...basics(), description: 'x'.repeat(2001) })).toEqual(['description']);
    const enrolment = { courseId, visibility: 'public', enrolment: 'open', registration: 'series' };
    expect(fields(enrolmentInput, { ...enrolment, capacity: 0 })).toEqual(['capacity']);
    expect(fields(enrolmentInput, { ...enrolment, capacity: 1.5 })).toEqual(['capacity']);
    expect(fields(enrolmentInput, { ...enrolment, capacity: null })).toBeUndefined();
  });

  test('keep markup in a title as text, and line breaks and control characters out of it', () => {
    expect(titleInput.parse(' <b>Moon</b>\r\nBcc: all@example.org\u0000 ')).toBe(
      '<b>Moon</b> Bcc: all@example.org',
    );
    expect(titleInput.safeParse('\u202e \n').success).toBe(false);
    expect(basics({ description: 'one\r\ntwo\u0007' }).description).toBe('one\ntwo');
  });
});

describe('the cover', () => {
  test('is a picture of the owner’s own, shown by a signed address', async () => {
    const picture = await file(owner, 'image/jpeg');
    await settings.setCover(app, owner, { courseId, documentId: picture });
    const { cover } = await settings.readSettings(app, owner, courseId);
    expect(cover).toMatchObject({ documentId: picture, failure: null });
    expect(cover?.url).toMatch(/^http:\/\/127\.0\.0\.1:3001\/f\/.+[?&]s=/);
    await settings.setCover(app, owner, { courseId, documentId: null });
    expect((await settings.readSettings(app, owner, courseId)).cover).toBeNull();
  });

  test('is no film, nobody else’s and nothing deleted', async () => {
    const refused = { code: 'BAD_INPUT', details: { field: 'cover', reason: 'notPicture' } };
    for (const documentId of [
      await file(owner, 'video/mp4'),
      await file(teacher, 'image/png'),
      await file(owner, 'image/png', { deletedAt: new Date() }),
      randomUUID(),
    ])
      await expect(settings.setCover(app, owner, { courseId, documentId })).rejects.toMatchObject(refused);
  });
});

describe('the syllabus', () => {
  const titles = async () => (await syllabus.readSyllabus(app, student, courseId)).map(({ title }) => title);
  const add = (title: string, at?: number) =>
    syllabus.addSection(app, teacher, { courseId, title, text: '', at });

  test('is written and put in order by teachers, and read by everybody in the course', async () => {
    const { id: moon } = await add('Moon');
    await add('Planets');
    await add('Sky', 0);
    expect(await titles()).toEqual(['Sky', 'Moon', 'Planets']);
    await syllabus.moveSection(app, owner, { courseId, sectionId: moon, to: 2 });
    expect(await titles()).toEqual(['Sky', 'Planets', 'Moon']);
    await syllabus.changeSection(app, teacher, {
      courseId,
      sectionId: moon,
      title: 'The Moon',
      text: 'Faces',
    });
    await syllabus.moveSection(app, teacher, { courseId, sectionId: moon, to: 0 });
    expect(await titles()).toEqual(['The Moon', 'Sky', 'Planets']);
    await syllabus.removeSection(app, teacher, { courseId, sectionId: moon });
    expect(await titles()).toEqual(['Sky', 'Planets']);
    await expect(
      syllabus.addSection(app, student, { courseId, title: 'No', text: '' }),
    ).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
    });
    await expect(syllabus.readSyllabus(app, stranger, courseId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('loses nothing when two write it at once', async () => {
    const before = await titles();
    await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((title) => add(title, 0)));
    const now = await titles();
    expect(now.toSorted()).toEqual([...before, 'a', 'b', 'c', 'd', 'e', 'f'].toSorted());
    const sections = await syllabus.readSyllabus(app, owner, courseId);
    await Promise.all(
      sections.map(({ id }, to) => syllabus.moveSection(app, owner, { courseId, sectionId: id, to })),
    );
    expect((await titles()).toSorted()).toEqual(now.toSorted());
  });

  test('of one course is not reached through another', async () => {
    const { id: other } = await courses.createCourse(app, stranger, { title: 'Other', description: '' });
    const { id: section } = await add('Ours');
    const elsewhere = { courseId: other, sectionId: section };
    const refused = { code: 'NOT_FOUND' };
    await expect(syllabus.removeSection(app, stranger, elsewhere)).rejects.toMatchObject(refused);
    await expect(syllabus.moveSection(app, stranger, { ...elsewhere, to: 0 })).rejects.toMatchObject(refused);
    await expect(
      syllabus.changeSection(app, stranger, { ...elsewhere, title: 'Mine', text: '' }),
    ).rejects.toMatchObject(refused);
    expect(await titles()).toContain('Ours');
  });
});

describe('materials', () => {
  test('are chosen by teachers from their own library, and fetched by everybody in the course', async () => {
    const mine = await file(teacher, 'application/pdf', { name: 'Atlas.pdf' });
    const foreign = await file(stranger, 'application/pdf');
    await materials.addMaterials(app, teacher, { courseId, documentIds: [mine, mine] });
    expect(await materials.readMaterials(app, student, courseId)).toMatchObject([
      { id: mine, name: 'Atlas.pdf' },
    ]);
    const { url } = await materials.downloadMaterial(app, student, { courseId, documentId: mine });
    expect(new URL(url).searchParams.get('n')).toBe('Atlas.pdf');

    const refused = { code: 'NOT_FOUND' };
    await expect(
      materials.addMaterials(app, teacher, { courseId, documentIds: [foreign] }),
    ).rejects.toMatchObject(refused);
    await expect(
      materials.downloadMaterial(app, student, { courseId, documentId: foreign }),
    ).rejects.toMatchObject(refused);
    await expect(
      materials.downloadMaterial(app, stranger, { courseId, documentId: mine }),
    ).rejects.toMatchObject(refused);
    await materials.removeMaterial(app, owner, { courseId, documentId: mine });
    expect(await materials.readMaterials(app, student, courseId)).toEqual([]);
  });
});

describe('people', () => {
  test('become something else by the owner’s word alone, within the capacity', async () => {
    const { id } = await courses.createCourse(app, owner, { title: 'Small', description: '' });
    await courses.enrol(app, owner, { courseId: id, email: 'sam@example.org', role: 'presenter' });
    await courses.enrol(app, owner, { courseId: id, email: 'ned@example.org', role: 'student' });
    const enrolment = {
      visibility: 'invited',
      enrolment: 'open',
      registration: 'series',
      capacity: 1,
    } as const;
    await settings.changeEnrolment(app, owner, { courseId: id, ...enrolment });
    const change = (who: string, role: 'teacher' | 'student', personId = student) =>
      courses.changeRole(app, who, { courseId: id, personId, role });
    await expect(change(owner, 'student')).rejects.toMatchObject({ code: 'COURSE_FULL' });
    await change(owner, 'teacher');
    expect(await courses.getCourse(app, student, id)).toMatchObject({ role: 'teacher' });
    await expect(change(student, 'teacher', stranger)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    await expect(change(owner, 'teacher', teacher)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await courses.listPeople(app, owner, id)).map((one) => one.role)).toEqual([
      'owner',
      'teacher',
      'student',
    ]);
  });
});
