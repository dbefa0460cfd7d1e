'use client';

import { Combobox } from '@base-ui/react/combobox';
import { Check, ChevronsUpDown } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { controlClass, type FieldWiring } from './field';
import { presentName, zoneName, zonePlace } from './zones';

type Zone = { value: string; label: string; region: string; offset: string };

/** Every zone that the browser knows, each as its place; built once, when the list is first shown. */
function listZones(current: string, locale: string): Zone[] {
  const at = Date.now();
  const names = new Set([...Intl.supportedValuesOf('timeZone').map(presentName), 'UTC', current]);
  return [...names]
    .sort((a, b) => zonePlace(a).localeCompare(zonePlace(b), locale))
    .map((value) => ({
      value,
      label: zonePlace(value),
      region: value.includes('/') ? value.slice(0, value.lastIndexOf('/')).replaceAll('_', ' ') : '',
      offset: zoneName(locale, value, at, 'short'),
    }));
}

type Props = { wiring: FieldWiring; name: string; value: string; onChange: (zone: string) => void };

/** Chooses a time zone by typing a place, a region or an offset. */
export function ZonePicker({ wiring, name, value, onChange }: Props) {
  const t = useTranslations('ui.zone');
  const locale = useLocale();
  const zones = useMemo(() => listZones(value, locale), [value, locale]);
  const selected = zones.find((zone) => zone.value === value) ?? null;
  return (
    <Combobox.Root
      items={zones}
      name={name}
      value={selected}
      onValueChange={(zone) => zone && onChange(zone.value)}
      itemToStringLabel={(zone) => zone.label}
      itemToStringValue={(zone) => zone.value}
      isItemEqualToValue={(a, b) => a.value === b.value}
      filter={(zone, query) =>
        `${zone.label} ${zone.region} ${zone.offset} ${zone.value}`
          .toLocaleLowerCase()
          .includes(query.trim().toLocaleLowerCase())
      }
      limit={60}
      autoHighlight
    >
      <Combobox.InputGroup className="relative">
        <Combobox.Input
          {...wiring}
          className={`${controlClass} h-9 pr-9`}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Combobox.Trigger
          aria-label={t('open')}
          className="absolute inset-y-0 right-0 grid w-9 place-items-center text-ink-3 hover:text-ink"
        >
          <ChevronsUpDown size={14} aria-hidden />
        </Combobox.Trigger>
      </Combobox.InputGroup>
      <Combobox.Portal>
        <Combobox.Positioner sideOffset={4} className="z-50 w-(--anchor-width) min-w-64">
          <Combobox.Popup className="max-h-72 overflow-y-auto overscroll-contain rounded-panel border border-line bg-surface p-1 shadow-float">
            <Combobox.Empty className="px-3 py-2 text-ink-2 text-sm empty:hidden">{t('none')}</Combobox.Empty>
            <Combobox.List>
              {(zone: Zone) => (
                <Combobox.Item
                  key={zone.value}
                  value={zone}
                  className="grid grid-cols-[1rem_1fr_auto] items-center gap-2 rounded-control px-2 py-1.5 text-sm data-highlighted:bg-ink/6"
                >
                  <Combobox.ItemIndicator className="text-accent">
                    <Check size={14} aria-hidden />
                  </Combobox.ItemIndicator>
                  <span className="col-start-2 truncate">
                    {zone.label} <span className="text-ink-3 text-xs">{zone.region}</span>
                  </span>
                  <span className="text-ink-3 text-xs tabular-nums">{zone.offset}</span>
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}
