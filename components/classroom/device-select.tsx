'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { Select } from '@/components/ui/field';
import { readDeviceMemory } from './media/device-memory';
import { useMedia } from './media/media-context';
import type { DeviceKind } from './media/types';
import type { DeviceOption } from './media/use-device-list';

type Props = { kind: DeviceKind; options: readonly DeviceOption[]; icon: ReactNode };

/** One device's choice. Nothing to choose from, nothing shown. */
export function DeviceSelect({ kind, options, icon }: Props) {
  const t = useTranslations('classroom.devices');
  const media = useMedia();
  const [chosen, setChosen] = useState(() => readDeviceMemory()[kind]);
  if (options.length === 0) return null;
  const value = options.some(({ id }) => id === chosen) ? chosen : options[0]?.id;
  return (
    <label className="flex items-center gap-2.5">
      <span aria-hidden className="text-ink-3">
        {icon}
      </span>
      <span className="sr-only">{t(kind)}</span>
      <span className="min-w-0 flex-1">
        <Select
          value={value}
          onChange={(event) => {
            setChosen(event.target.value);
            void media.choose(kind, event.target.value);
          }}
        >
          {options.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </Select>
      </span>
    </label>
  );
}
