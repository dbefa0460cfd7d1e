import { useFormatter } from 'next-intl';
import { useCallback } from 'react';

const UNITS = [
  { unit: 'gigabyte', bytes: 1e9, digits: 1 },
  { unit: 'megabyte', bytes: 1e6, digits: 1 },
  { unit: 'kilobyte', bytes: 1e3, digits: 0 },
] as const;

/** How large a file is, as a person says it: `const sizeOf = useFileSize()`. */
export function useFileSize(): (bytes: number) => string {
  const format = useFormatter();
  return useCallback(
    (bytes) => {
      const { unit, bytes: one, digits } = UNITS.find((unit) => bytes >= unit.bytes) ?? UNITS[2];
      const value = bytes > 0 && bytes < 1e3 ? 1 : bytes / one;
      return format.number(value, { style: 'unit', unit, maximumFractionDigits: value < 100 ? digits : 0 });
    },
    [format],
  );
}
