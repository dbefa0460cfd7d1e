import type { ComponentType, ReactNode } from 'react';

/**
 * tldraw exports these, and leaves them out of its types. Its handles and notes take their words from this context; the
 * public way to it (TldrawUiContextProvider) brings menus, dialogs and toasts that we do not show.
 */
declare module 'tldraw' {
  export const AssetUrlsProvider: ComponentType<{
    assetUrls: {
      fonts: Record<string, string>;
      icons: Record<string, string>;
      embedIcons: Record<string, string>;
      translations: Record<string, string>;
    };
    children: ReactNode;
  }>;
  export const TldrawUiTranslationProvider: ComponentType<{ locale: string; children: ReactNode }>;
}
