export const PANELS = ['chat', 'people', 'documents', 'media'] as const;
export type PanelName = (typeof PANELS)[number];

const KEY = 'lectern.panel';

function isPanel(value: string | null): value is PanelName {
  return PANELS.some((name) => name === value);
}

/** The panel that was open last in this browser; null: none. */
export function readPanel(): PanelName | null {
  const stored = typeof localStorage === 'undefined' ? null : localStorage.getItem(KEY);
  return isPanel(stored) ? stored : null;
}

export function rememberPanel(panel: PanelName | null): void {
  try {
    localStorage.setItem(KEY, panel ?? '');
  } catch (error) {
    console.warn('The open panel could not be remembered', error);
  }
}
