'use client';

import { useTranslations } from 'next-intl';

export const SCOPES = ['this', 'following', 'all'] as const;
export type Scope = (typeof SCOPES)[number];

/** Which lessons of a series are meant. */
export function ScopeChoice({ value, onChange }: { value: Scope; onChange: (scope: Scope) => void }) {
  const t = useTranslations('lessonEdit');
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 font-medium text-sm">{t('scope')}</legend>
      {SCOPES.map((scope) => (
        <label key={scope} className="flex min-h-8 items-center gap-2 text-sm">
          <input
            type="radio"
            name="scope"
            value={scope}
            checked={value === scope}
            onChange={() => onChange(scope)}
          />
          {t(`scopes.${scope}`)}
        </label>
      ))}
    </fieldset>
  );
}
