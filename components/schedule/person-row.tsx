'use client';

import { EllipsisVertical } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { trpc } from '@/components/trpc';
import { CallButton } from '@/components/calls/call-button';
import { PresentAvatar } from '@/components/calls/present-avatar';
import type { Presence } from '@/components/calls/use-reach';
import { Popover } from '@/components/ui/popover';
import { toast } from '@/components/ui/toast';
import { useAttempt } from '@/components/ui/use-attempt';
import { useCall } from '@/components/ui/use-call';
import { type CoursePerson, ENROLLED_ROLES, type EnrolledRole, type MyCourse } from './types';

type Props = {
  person: CoursePerson;
  course: MyCourse;
  /** Whether they are there to be called; null: whoever looks cannot call them from here. */
  presence: Presence | null;
  /** Whoever looks may take them out of the course, or make them something else in it. */
  removable: boolean;
  /** Whoever looks may say that their payment is open. */
  paying: boolean;
};

/** Somebody in the course, and what one may do about them. */
export function PersonRow({ person, course, presence, removable, paying }: Props) {
  const t = useTranslations('people');
  const { id: courseId } = course;
  const router = useRouter();
  const call = useCall();

  const changeable = removable && person.role !== 'owner' ? person.role : null;

  async function change(role: EnrolledRole) {
    const done = await call.run(() =>
      trpc.courses.changeRole.mutate({ courseId, personId: person.id, role }),
    );
    if (done) return router.refresh();
    await toast(t('notChanged', { name: person.name }), { tone: 'error' });
  }

  return (
    <li className="flex min-h-10 items-center gap-1.5">
      <PresentAvatar person={person} presence={presence} />
      <span className="ml-1.5 flex min-w-0 flex-1 flex-col">
        <span className="truncate font-medium text-sm leading-tight">{person.name}</span>
        {person.paymentOpen && <span className="truncate text-warn-ink text-xs">{t('paymentOpen')}</span>}
        {person.email && (
          <span title={person.email} className="truncate text-ink-3 text-xs">
            {person.email}
          </span>
        )}
        {changeable && (
          <RoleChoice
            label={t('changeRole', { name: person.name })}
            role={changeable}
            busy={call.busy}
            onChange={(role) => void change(role)}
          />
        )}
      </span>
      {!changeable && <span className="text-ink-3 text-xs">{t(`role.${person.role}`)}</span>}
      {presence && <CallButton course={course} person={person} presence={presence} />}
      {(removable || paying) && (
        <Popover
          label={t('more', { name: person.name })}
          icon={<EllipsisVertical size={16} aria-hidden />}
          hanging
          sheet
          look=""
        >
          {paying && <MarkPayment person={person} courseId={courseId} />}
          {removable && <Remove person={person} courseId={courseId} />}
        </Popover>
      )}
    </li>
  );
}

const LINE = 'rounded-control px-3 py-2 text-left text-sm hover:bg-ink/6';
type About = { person: CoursePerson; courseId: string };

/** Who has to pay is not let in: noted by hand, and taken back in the same way. */
function MarkPayment({ person: { id: personId, name, paymentOpen }, courseId }: About) {
  const t = useTranslations('people');
  const router = useRouter();
  const attempt = useAttempt();

  async function mark() {
    const wish = { courseId, personId, open: !paymentOpen };
    const marked = await attempt(() => trpc.courses.markPayment.mutate(wish));
    router.refresh();
    if (marked) await toast(t(paymentOpen ? 'nowPaid' : 'nowOpen', { name }));
  }
  return (
    <button type="button" className={LINE} onClick={() => void mark()}>
      {t(paymentOpen ? 'markPaid' : 'markOpen')}
    </button>
  );
}

/** Takes somebody out of the course at once; for ten seconds a word brings them back. */
function Remove({ person: { id: personId, name, email, role }, courseId }: About) {
  const t = useTranslations('people');
  const router = useRouter();
  const attempt = useAttempt();

  async function remove() {
    if (!(await attempt(() => trpc.courses.unenrol.mutate({ courseId, personId })))) return;
    router.refresh();
    if (role === 'owner' || !email) return;
    const undo = async () => {
      await attempt(() => trpc.courses.enrol.mutate({ courseId, email, role }));
      router.refresh();
    };
    await toast(t('removed', { name }), { action: { label: t('undo'), run: () => void undo() } });
  }
  return (
    <button type="button" className={`${LINE} text-live`} onClick={() => void remove()}>
      {t('remove', { name })}
    </button>
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
      className="h-8 max-w-24 rounded-control border border-transparent bg-transparent px-1 text-ink-2 text-xs hover:border-control"
      onChange={(event) => onChange(ENROLLED_ROLES.find((one) => one === event.target.value) ?? role)}
    >
      {ENROLLED_ROLES.map((one) => (
        <option key={one} value={one}>
          {t(`role.${one}`)}
        </option>
      ))}
    </select>
  );
}
