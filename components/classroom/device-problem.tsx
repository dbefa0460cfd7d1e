'use client';

import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import type { DeviceProblem as Problem, OwnSource } from './media/types';

/** Which sentence tells how to allow a device: the places differ from browser to browser. */
export function browserKind(userAgent: string): 'safari' | 'firefox' | 'chromium' {
  if (/firefox|fxios/iu.test(userAgent)) return 'firefox';
  return /safari/iu.test(userAgent) && !/chrome|chromium|crios|edg/iu.test(userAgent) ? 'safari' : 'chromium';
}

const never = () => () => {};

/** What is wrong with a device, and what to do about it in this browser. */
export function DeviceProblem({ source, problem }: { source: OwnSource; problem: Problem }) {
  const t = useTranslations('classroom.devices.problem');
  const browser = useSyncExternalStore<'safari' | 'firefox' | 'chromium'>(
    never,
    () => browserKind(navigator.userAgent),
    () => 'chromium',
  );
  return (
    <p role="alert" className="text-sm">
      <span className="font-medium">{t(`${problem}.${source}`)}</span>{' '}
      <span className="text-ink-2">
        {problem === 'denied' ? t(`allow.${browser}`) : t(`${problem}.next`)}
      </span>
    </p>
  );
}
