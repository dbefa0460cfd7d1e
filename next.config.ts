import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

const withIntl = createNextIntlPlugin('./server/intl.ts');

/** What holds for every answer, whoever makes it. The policy with its nonce is a page's own: proxy.ts. */
const everywhere = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  {
    key: 'Permissions-Policy',
    value: 'camera=(self), microphone=(self), display-capture=(self), geolocation=()',
  },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
];
const apiPolicy = { key: 'Content-Security-Policy', value: "default-src 'none'; frame-ancestors 'none'" };

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  headers: () =>
    Promise.resolve([
      { source: '/:path*', headers: everywhere },
      { source: '/api/:path*', headers: [apiPolicy] },
    ]),
  // Native or worker-spawning packages stay outside of the server bundle.
  serverExternalPackages: [
    '@node-rs/argon2',
    'pg-boss',
    'pino',
    'pino-pretty',
    'sharp',
    'postgres',
    'prom-client',
    'rate-limiter-flexible',
  ],
};

export default withIntl(config);
