import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';
import { JoinColumn } from './join-frame';

type Props =
  | { kind: 'invalid' }
  | {
      kind: 'ended' | 'cancelled' | 'removed' | 'denied' | 'unpaid';
      door: { title: string; teacherName: string };
    };

/** Why a link lets nobody in, and what to do next. */
export function DoorNotice(props: Props) {
  const t = useTranslations('join');
  const { kind } = props;
  const values: Record<string, string> =
    props.kind === 'invalid' ? {} : { title: props.door.title, teacher: props.door.teacherName };
  return (
    <JoinColumn>
      <h1 className="font-semibold text-xl">{t(`${kind}Title`)}</h1>
      <p className="text-base text-ink-2 [overflow-wrap:anywhere]">{t(kind, values)}</p>
      <div>
        <ButtonLink href="/">{t('home')}</ButtonLink>
      </div>
    </JoinColumn>
  );
}
