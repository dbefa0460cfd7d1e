import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';
import { JoinColumn } from './join-frame';
import { LostLink } from './lost-link';

/** With the link's token who has an account may ask for another one. */
type Props =
  | { kind: 'invalid'; token: string }
  | {
      token?: string;
      kind: 'ended' | 'cancelled' | 'removed' | 'denied' | 'unpaid';
      door: { title: string; teacherName: string };
    };

/** Why a link lets nobody in, and what to do next. */
export function DoorNotice(props: Props) {
  const t = useTranslations('join');
  const { kind, token } = props;
  const values: Record<string, string> =
    props.kind === 'invalid' ? {} : { title: props.door.title, teacher: props.door.teacherName };
  return (
    <JoinColumn>
      <h1 className="font-semibold text-xl">{t(`${kind}Title`)}</h1>
      <p className="text-base text-ink-2 [overflow-wrap:anywhere]">{t(kind, values)}</p>
      {token !== undefined && <LostLink token={token} />}
      <div>
        <ButtonLink href="/">{t('home')}</ButtonLink>
      </div>
    </JoinColumn>
  );
}
