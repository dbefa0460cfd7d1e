'use client';

import { type AbstractIntlMessages, NextIntlClientProvider, useLocale, useMessages } from 'next-intl';
import type { ReactNode } from 'react';

export type Catalogue = AbstractIntlMessages;

/** These words beside those that are there already. */
export function MoreWords({ words, children }: { words: Catalogue; children: ReactNode }) {
  const messages = { ...useMessages(), ...words };
  return (
    <NextIntlClientProvider locale={useLocale()} messages={messages}>
      {children}
    </NextIntlClientProvider>
  );
}
