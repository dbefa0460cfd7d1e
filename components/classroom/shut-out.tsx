import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';
import { Notice } from './notice';

const SCREENS = {
  REMOVED: 'removed',
  LESSON_ENDED: 'over',
  WAITING: 'atTheDoor',
  DENIED: 'turnedAway',
  UNPAID: 'unpaid',
} as const;

export type ShutOutWhy = keyof typeof SCREENS;

export function isShutOut(code: string | null): code is ShutOutWhy {
  return code !== null && Object.hasOwn(SCREENS, code);
}

/** Where the words for it stand, among `classroom.screens`. */
export const shutOutScreen = (why: ShutOutWhy): (typeof SCREENS)[ShutOutWhy] => SCREENS[why];

/** For somebody whom the server does not let in: removed before, at the door still, or with a link whose class is over. */
export function ShutOut({ why }: { why: ShutOutWhy }) {
  const t = useTranslations('classroom.screens');
  const screen = shutOutScreen(why);
  return (
    <Notice title={t(`${screen}.title`)} actions={<ButtonLink href="/">{t('home')}</ButtonLink>}>
      <p>{t(`${screen}.text`)}</p>
    </Notice>
  );
}
