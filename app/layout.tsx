import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import { NextIntlClientProvider } from 'next-intl';
import { getLocale } from 'next-intl/server';
import type { ReactNode } from 'react';
import { UploadLauncher } from '@/components/library/uploads/upload-launcher';
import { ViewerZoneProvider } from '@/components/ui/viewer-zone';
import { readZoneCookie, ZONE_COOKIE } from '@/components/ui/zones';
import { Toasts } from '@/components/ui/toasts';
import { EarlyPresses } from '@/components/ui/early-presses';
import { InlineScript } from '@/components/ui/inline-script';
import { rememberPresses } from '@/components/ui/remember-presses';
import { SHARED_WORDS, wordsOf } from '@/components/ui/words';
import { getNonce } from '@/server/caller';
import './globals.css';

export const metadata: Metadata = { title: { default: 'Lectern', template: '%s · Lectern' } };

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fcfbf8' },
    { media: '(prefers-color-scheme: dark)', color: '#131519' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const zone = readZoneCookie((await cookies()).get(ZONE_COOKIE)?.value);
  return (
    <html lang={await getLocale()}>
      <head>
        <InlineScript run={rememberPresses} nonce={await getNonce()} />
      </head>
      <body>
        <NextIntlClientProvider messages={await wordsOf(SHARED_WORDS)}>
          <ViewerZoneProvider zone={zone}>{children}</ViewerZoneProvider>
          <Toasts />
          <UploadLauncher />
          <EarlyPresses />
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
