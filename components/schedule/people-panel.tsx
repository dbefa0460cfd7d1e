'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { trpc } from '@/components/trpc';
import { presenceOf, type Reach, useReach } from '@/components/calls/use-reach';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { Field, Input, Select } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { textOf, useCall } from '@/components/ui/use-call';
import { PersonRow } from './person-row';
import { type CoursePerson, ENROLLED_ROLES as ROLES, type MyCourse, runsLessons } from './types';

type Props = { course: MyCourse; people: readonly CoursePerson[]; reach: Reach };

/** Who is in the course, and who of them is there to be called; its owner adds and removes them. */
export function PeoplePanel({ course, people, reach: first }: Props) {
  const t = useTranslations('people');
  const reach = useReach(course.id, first);
  const owns = course.role === 'owner';
  /** They leave the hour by their booking. */
  const hasBooked = ({ role }: CoursePerson) => course.isBooking && role === 'student';
  return (
    <section aria-labelledby="people" className="flex flex-col gap-3">
      <h2 id="people" className="flex items-baseline gap-2 font-semibold text-base">
        {t('title')} <span className="font-normal text-ink-3 text-sm tabular-nums">{people.length}</span>
      </h2>
      <ul className="flex flex-col gap-1">
        {people.map((person) => (
          <PersonRow
            key={person.id}
            person={person}
            course={course}
            presence={presenceOf(reach, person)}
            removable={owns && person.role !== 'owner' && !hasBooked(person)}
            paying={runsLessons(course.role) && person.role === 'student'}
          />
        ))}
      </ul>
      {owns && people.some(hasBooked) && (
        <p className="text-ink-2 text-xs">
          {t('ofBooking')}{' '}
          <Link href="/bookings" prefetch={false} className="text-accent underline underline-offset-3">
            {t('toBookings')}
          </Link>
        </p>
      )}
      {owns && <EnrolForm courseId={course.id} />}
    </section>
  );
}

function EnrolForm({ courseId }: { courseId: string }) {
  const t = useTranslations('people');
  const router = useRouter();
  const call = useCall();
  const form = useRef<HTMLFormElement>(null);

  async function enrol(data: FormData) {
    const email = textOf(data, 'email');
    const role = ROLES.find((one) => one === data.get('role')) ?? 'student';
    const done = await call.run(() => trpc.courses.enrol.mutate({ courseId, email, role }));
    if (!done) return;
    form.current?.reset();
    router.refresh();
  }

  const problem = () => {
    if (call.field !== 'email') return null;
    return call.reason === 'noAccount' || call.reason === 'isOwner'
      ? t(`problem.${call.reason}`)
      : t('problem.email');
  };

  return (
    <Form
      ref={form}
      aria-label={t('add')}
      className="mt-1 flex flex-col gap-3 border-line border-t pt-4"
      onInput={call.clear}
      onSend={enrol}
    >
      <Field label={t('email')} error={problem()} hint={t('emailHint')}>
        {(wiring) => (
          <Input {...wiring} type="email" name="email" required maxLength={254} autoComplete="off" />
        )}
      </Field>
      <div className="flex items-end gap-2">
        <Field label={t('roleLabel')} className="flex-1">
          {(wiring) => (
            <Select {...wiring} name="role" defaultValue="student">
              {ROLES.map((role) => (
                <option key={role} value={role}>
                  {t(`role.${role}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Button type="submit" busy={call.busy}>
          {t('submit')}
        </Button>
      </div>
      {call.sentence && <Banner tone="warn">{call.sentence}</Banner>}
    </Form>
  );
}
