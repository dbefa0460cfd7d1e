import type { Executor } from '@/db/client';
import type { App } from '../app';
import { type MailWish, queueMails } from '../mail/service';
import { invitationMail, type Recipient } from './invitation-mail';
import { factsToTell } from './news';
import { type OwnLink, ownLinks } from './own-links';
import * as queries from './queries/invitations';
import { membersBySubject, type Step, stepOf, type Subject, subjectOf } from './subjects';

/**
 * Brings people's calendars up to date by mail: invitations, changes and cancellations, for what is due. What it finds out and what it writes is one
 * transaction each, so that who dies has told nobody anything; any number of workers may do so at the same time.
 * @returns how many mails were written
 */
export async function tellClasses(app: App, signal: AbortSignal): Promise<number> {
  await queries.forgetPast(app.db);
  let written = 0;
  for (const work of [tellNext, checkNext]) {
    while (!signal.aborted) {
      const mails = await app.db.transaction((tx) => work(app, tx));
      if (mails === null) break;
      written += mails;
    }
  }
  if (written > 0) app.log.info({ written }, 'invitations written');
  return written;
}

/** Tells all people of something what changed about it; null where nothing is due. */
async function tellNext(app: App, tx: Executor): Promise<number | null> {
  const id = await queries.takeDueUnit(tx);
  if (!id) return null;
  const unit = await queries.readUnit(tx, id);
  const mails = unit ? await bringUpToDate(app, tx, unit, null) : 0;
  const told = unit?.lessons.map((lesson) => ({ id: lesson.id, told: factsToTell(lesson) })) ?? [];
  await queries.setTold(tx, id, told);
  return mails;
}

/** Puts right what one person has in their calendar of a course that they came into or left; null where nobody is due. */
async function checkNext(app: App, tx: Executor): Promise<number | null> {
  const check = await queries.takeDueCheck(tx);
  if (!check) return null;
  let mails = 0;
  for (const id of await queries.listTold(tx, check.courseId)) {
    const unit = await queries.readUnit(tx, id);
    const waits = unit?.series?.noticeDueAt ?? unit?.lessons.some((lesson) => lesson.noticeDueAt !== null);
    if (unit && !waits) mails += await bringUpToDate(app, tx, unit, check.userId);
  }
  return mails;
}

type Due = { subject: Subject; step: Step; to: Recipient; sequence: number };

/** @param only  one person; null: everybody who has it in their calendar or is to have it */
async function bringUpToDate(
  app: App,
  tx: Executor,
  unit: queries.Unit,
  only: string | null,
): Promise<number> {
  const { courseId, archivedAt } = unit.course;
  if (archivedAt) return 0;
  const lessonIds = unit.lessons.map((lesson) => lesson.id);
  const members = await queries.listMembers(tx, { courseId, lessonIds, only });
  const subjectIds = unit.series ? [unit.series.id, ...lessonIds] : lessonIds;
  const holders = await queries.listHolders(tx, subjectIds, only);
  const wanted = membersBySubject(unit, members);
  const concerned = new Set([...wanted.keys(), ...holders.map((holder) => holder.subjectId)]);
  const wishes: MailWish[] = [];
  const held: queries.Held[] = [];
  for (const subject of [...concerned].map((id) => subjectOf(unit, id))) {
    const due = dueOf(
      subject,
      wanted.get(subject.id) ?? [],
      holders.filter((holder) => holder.subjectId === subject.id),
    );
    const links = await linksFor(app, tx, subject, due);
    for (const one of due) {
      wishes.push(invitationMail(app, unit.course, one, links.get(one.to.userId) ?? null));
      const withdrawn = one.step === 'cancel' || one.step === 'leave';
      held.push({ subjectId: subject.id, userId: one.to.userId, sequence: one.sequence, withdrawn });
    }
  }
  if (held.length > 0) await queries.putHeld(tx, held);
  return queueMails(app, tx, wishes);
}

function dueOf(
  subject: Subject,
  members: readonly queries.Member[],
  holders: readonly queries.Holder[],
): Due[] {
  const holding = new Map(holders.map((holder) => [holder.userId, holder]));
  const joined = new Map(members.map((member) => [member.userId, member]));
  return [...new Set([...joined.keys(), ...holding.keys()])].flatMap((userId) => {
    const holder = holding.get(userId);
    const member = joined.get(userId);
    const step = stepOf(subject, member !== undefined, holder);
    const person = member ?? holder;
    if (!step || !person) return [];
    const { email, name } = person;
    const to = { userId, email, name, staff: member?.staff ?? false };
    return [{ subject, step, to, sequence: (holder?.sequence ?? 0) + 1 }];
  });
}

/** Everybody's own link to what they are invited to; none for staff, who sign in, and for whose link was revoked. */
async function linksFor(app: App, tx: Executor, subject: Subject, due: readonly Due[]) {
  const people = due.filter(({ step, to }) => !to.staff && (step === 'invite' || step === 'update'));
  const [first] = subject.lessons;
  if (people.length === 0 || !first) return new Map<string, OwnLink>();
  const known = await queries.findLinks(
    tx,
    subject.as,
    people.map(({ to }) => to.userId),
  );
  const to = { lessonId: first.id, seriesId: subject.series?.id ?? null };
  const wanted = new Map(people.map(({ to: { userId, name } }) => [userId, { ...to, userId, name }]));
  return ownLinks(app, tx, known, wanted);
}
