import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

const withIntl = createNextIntlPlugin('./server/intl.ts');

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Native or worker-spawning packages stay outside of the server bundle.
  serverExternalPackages: [
    '@node-rs/argon2',
    'pg-boss',
    'pino',
    'pino-pretty',
    'sharp',
    'postgres',
    'rate-limiter-flexible',
  ],
};

export default withIntl(config);
