import type { Actor } from '../../actor';
import { prepareClass } from '../../../e2e/support/class';
import type { Stack } from '../../stack/stack';

/** A live lesson in which everybody may draw, with a blank board on the stage. */
export type BenchClass = { teacher: Actor; roomId: string; lessonId: string; slug: string; boardId: string };

export async function startClass({ appUrl }: Stack): Promise<BenchClass> {
  const { teacher, lessonId, slug } = await prepareClass(appUrl, 'Astronomy');
  await teacher.trpc.lessons.start.mutate({ lessonId });
  const { opening } = await teacher.trpc.classroom.open.query({ slug });
  const { roomId } = opening;
  const boardId = `board:${crypto.randomUUID()}`;
  const commands = [
    { type: 'defaults.set', payload: { rights: { draw: true, microphone: true, camera: true } } },
    { type: 'board.open', payload: { boardId, title: 'Board' } },
  ].map((body) => ({ id: crypto.randomUUID(), ...body }));
  const { results } = await teacher.trpc.rooms.send.mutate({ roomId, commands });
  for (const result of results) if (!result.ok) throw new Error(`The class was not set up: ${result.code}`);
  return { teacher, roomId, lessonId, slug, boardId };
}

/** A new person's link to the lesson. */
export async function makeLink({ teacher, lessonId }: BenchClass, name: string): Promise<string> {
  return (await teacher.trpc.links.createPersonal.mutate({ lessonId, name })).url;
}

/** Guests who came by personal links of their own: their cookies. Four come in at the same time. */
export async function admitGuests(room: BenchClass, count: number, prefix: string): Promise<string[]> {
  const cookies: string[] = [];
  let next = 0;
  const admit = async () => {
    for (let index = next++; index < count; index = next++) {
      const name = `${prefix} ${index + 1}`;
      const answer = await fetch(await makeLink(room, name), { redirect: 'manual' });
      const [cookie] = answer.headers.getSetCookie();
      if (!cookie) throw new Error(`${name} was not let in: ${answer.status}`);
      cookies[index] = cookie.split(';')[0] ?? '';
    }
  };
  await Promise.all([admit(), admit(), admit(), admit()]);
  return cookies;
}
