import { connectDatabase } from '@/db/client';
import { documents } from '@/db/schema';
import type { Role } from '@/room/roles';
import { type Actor, signUpActor } from '../actor';
import type { Stack } from '../stack/stack';
import type { Member } from './lane';
import type { Random } from './random';

/** Who takes part, in this order and again from the first student on. */
const ROLES = ['owner', 'presenter', 'student', 'guest', 'student', 'teacher', 'student', 'guest'] as const;

/** A guest has none. */
type Account = { role: (typeof ROLES)[number]; actor: Actor | null };

export type Seat = Member & { name: string; role: Role };
export type Room = { roomId: string; slug: string; lessonId: string; documentId: string; seats: Seat[] };

/** The people of a run: accounts are made once, each seed has a room of its own. */
export class School {
  readonly #stack: Stack;
  readonly #owner: Actor;
  readonly #accounts: readonly Account[];

  static async open(stack: Stack, clients: number): Promise<School> {
    const accounts: Account[] = [];
    for (let index = 0; index < clients; index += 1) {
      const role = ROLES[index] ?? (index % 2 === 0 ? 'student' : 'guest');
      const actor = role === 'guest' ? null : await signUpActor(stack.appUrl, nameOf(role, index));
      accounts.push({ role, actor });
    }
    return new School(stack, accounts);
  }

  private constructor(stack: Stack, accounts: readonly Account[]) {
    const owner = accounts[0]?.actor;
    if (!owner) throw new Error('a class needs its owner');
    this.#stack = stack;
    this.#accounts = accounts;
    this.#owner = owner;
  }

  /** A course with everybody in it, a document of five pages, and a lesson that is live. */
  async openRoom(title: string, random: Random): Promise<Room> {
    const { trpc } = this.#owner;
    const { id: courseId, roomSlug: slug } = await trpc.courses.create.mutate({ title });
    for (const { role, actor } of this.#accounts) {
      if (actor && role !== 'owner' && role !== 'guest')
        await trpc.courses.enrol.mutate({ courseId, email: actor.email, role });
    }
    const { lessonId } = await trpc.lessons.schedule.mutate({
      courseId,
      title,
      startsAt: new Date(Date.now() + 120_000).toISOString().slice(0, 16),
      timeZone: 'UTC',
      durationMinutes: 60,
    });
    await trpc.lessons.start.mutate({ lessonId });
    const { opening } = await trpc.classroom.open.query({ slug });
    const documentId = await this.#addDocument(title, random);
    const { url } = await trpc.links.lesson.query({ lessonId });
    const token = new URL(url).pathname.split('/').at(-1) ?? '';
    const seats: Seat[] = [];
    for (const [index, { role, actor }] of this.#accounts.entries()) {
      const name = actor?.name ?? nameOf(role, index);
      const cookie = actor ? await cookieOf(actor) : await this.#enterAsGuest(token, name);
      seats.push({ name, role, cookie, origin: this.#stack.appUrl });
    }
    return { roomId: opening.roomId, slug, lessonId, documentId, seats };
  }

  /** Ends the lesson, so that the room of one seed costs the next nothing. */
  async closeRoom({ lessonId }: Room): Promise<void> {
    await this.#owner.trpc.lessons.end.mutate({ lessonId });
  }

  async dispose(): Promise<void> {
    for (const { actor } of this.#accounts) await actor?.dispose();
  }

  /** As the worker leaves a document that it has converted: its pages count here, its pictures do not. */
  async #addDocument(name: string, random: Random): Promise<string> {
    const { db, sql } = connectDatabase(this.#stack.databaseUrl, 1);
    try {
      const id = random.uuid();
      const owner = await db.query.users.findFirst({
        where: (users, { eq }) => eq(users.email, this.#owner.email),
      });
      if (!owner) throw new Error('the owner has no account');
      const file = { mimeType: 'application/pdf', bytes: 1000, storageKey: random.uuid() };
      await db
        .insert(documents)
        .values({ id, ownerId: owner.id, name, ...file, status: 'ready', pageCount: 5 });
      return id;
    } finally {
      await sql.end();
    }
  }

  async #enterAsGuest(token: string, name: string): Promise<string> {
    const origin = this.#stack.appUrl;
    const answer = await fetch(`${origin}/api/trpc/links.enter`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({ token, name }),
    });
    const [cookie] = answer.headers.getSetCookie();
    if (!answer.ok || !cookie) throw new Error(`${name} was not let in: ${await answer.text()}`);
    return cookie.split(';')[0] ?? '';
  }
}

function nameOf(role: string, index: number): string {
  return `${role[0]?.toUpperCase()}${role.slice(1)} ${'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[index % 26]}`;
}

async function cookieOf(actor: Actor): Promise<string> {
  const { cookies } = await actor.storageState();
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}
