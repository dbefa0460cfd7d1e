'use client';

import { UserMinus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { trpc } from '@/components/trpc';
import { Avatar } from '@/components/ui/avatar';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { Field, Input, Select } from '@/components/ui/field';
import { Form } from '@/components/ui/form';
import { IconButton } from '@/components/ui/icon-button';
import { toast } from '@/components/ui/toast';
import { textOf, useCall } from '@/components/ui/use-call';
import type { CoursePerson, MyCourse } from './types';

type EnrolledRole = Exclude<CoursePerson['role'], 'owner'>;
const ROLES: readonly EnrolledRole[] = ['student', 'presenter', 'teacher'];

/** Who is in the course; its owner adds and removes them. */
export function PeoplePanel({ course, people }: { course: MyCourse; people: readonly CoursePerson[] }) {
  const t = useTranslations('people');
  const owns = course.role === 'owner';
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
            courseId={course.id}
            removable={owns && person.role !== 'owner'}
          />
        ))}
      </ul>
      {owns && <EnrolForm courseId={course.id} />}
    </section>
  );
}

function PersonRow({
  person,
  courseId,
  removable,
}: {
  person: CoursePerson;
  courseId: string;
  removable: boolean;
}) {
  const t = useTranslations('people');
  const router = useRouter();
  const call = useCall();

  async function remove() {
    const done = await call.run(() => trpc.courses.unenrol.mutate({ courseId, personId: person.id }));
    if (!done) return;
    router.refresh();
    const { email, role } = person;
    if (role === 'owner' || !email) return;
    const undo = async () => {
      await call.run(() => trpc.courses.enrol.mutate({ courseId, email, role }));
      router.refresh();
    };
    await toast(t('removed', { name: person.name }), {
      action: { label: t('undo'), run: () => void undo() },
    });
  }

  async function change(role: EnrolledRole) {
    const done = await call.run(() =>
      trpc.courses.changeRole.mutate({ courseId, personId: person.id, role }),
    );
    if (done) return router.refresh();
    await toast(t('notChanged', { name: person.name }), { tone: 'error' });
  }

  return (
    <li className="group flex min-h-10 items-center gap-3">
      <Avatar name={person.name} seed={person.id} />
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="truncate font-medium text-sm leading-tight">{person.name}</span>
        {person.email && <span className="truncate text-ink-3 text-xs">{person.email}</span>}
      </span>
      {removable && person.role !== 'owner' ? (
        <RoleChoice
          label={t('changeRole', { name: person.name })}
          role={person.role}
          busy={call.busy}
          onChange={(role) => void change(role)}
        />
      ) : (
        <span className="text-ink-3 text-xs">{t(`role.${person.role}`)}</span>
      )}
      {removable && (
        <IconButton
          label={t('remove', { name: person.name })}
          size="small"
          disabled={call.busy}
          onClick={() => void remove()}
        >
          <UserMinus size={15} />
        </IconButton>
      )}
    </li>
  );
}

type RoleChoiceProps = {
  label: string;
  role: EnrolledRole;
  busy: boolean;
  onChange: (role: EnrolledRole) => void;
};

function RoleChoice({ label, role, busy, onChange }: RoleChoiceProps) {
  const t = useTranslations('people');
  return (
    <select
      aria-label={label}
      value={role}
      disabled={busy}
      className="h-8 max-w-28 rounded-control border border-transparent bg-transparent px-1 text-ink-2 text-xs hover:border-control"
      onChange={(event) => onChange(ROLES.find((one) => one === event.target.value) ?? role)}
    >
      {ROLES.map((one) => (
        <option key={one} value={one}>
          {t(`role.${one}`)}
        </option>
      ))}
    </select>
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
