import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';
import { ANSWER_HEADERS, API_HEADERS } from './server/perimeter-headers';

const withIntl = createNextIntlPlugin('./server/intl.ts');

const asList = (headers: Record<string, string>) =>
  Object.entries(headers).map(([key, value]) => ({ key, value }));

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  headers: () =>
    Promise.resolve([
      { source: '/:path*', headers: asList(ANSWER_HEADERS) },
      { source: '/api/:path*', headers: asList(API_HEADERS) },
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
