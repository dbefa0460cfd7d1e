import { createEnv } from '@t3-oss/env-nextjs';
import { z } from 'zod';
import { FAILPOINTS } from './failpoint';

/** Every setting that the app reads, checked at start. The README's table says what each one does. */
export const env = createEnv({
  server: {
    DATABASE_URL: z.string().startsWith('postgres'),
    LECTERN_SECRET: z.string().min(32),
    LECTERN_STATE_DIR: z.string().startsWith('/'),
    LECTERN_URL: z.url(),
    LECTERN_FILES_URL: z.url(),
    LIVEKIT_URL: z.url(),
    LIVEKIT_API_KEY: z.string().min(1),
    LIVEKIT_API_SECRET: z.string().min(32),
    /** Where files lie instead of in LECTERN_STATE_DIR: a bucket of S3, or of what speaks its language. */
    S3_BUCKET: z.string().min(1).optional(),
    /** Somebody else's S3, such as MinIO. */
    S3_ENDPOINT: z.url().optional(),
    S3_REGION: z.string().min(1).default('us-east-1'),
    /** Without them as the machine's own role allows. */
    S3_ACCESS_KEY_ID: z.string().min(1).optional(),
    S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
    /** Where files lie instead of in LECTERN_STATE_DIR: uploadthing's hosted storage. */
    UPLOADTHING_TOKEN: z.string().min(1).optional(),
    /** Only for an installation of their own, or for tests. */
    UPLOADTHING_API_URL: z.url().default('https://api.uploadthing.com'),
    /** As above; by default the host that the token's app has. */
    UPLOADTHING_FILES_URL: z.url().optional(),
    /** How many proxies of the installation's own stand before the app: which forwarded address is believed. */
    LECTERN_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
    /** People who may be in one room at once. Staff come in beyond it. */
    LECTERN_ROOM_SIZE: z.coerce.number().int().positive().default(1000),
    LECTERN_SIGN_UPS: z.coerce.number().int().positive().default(200),
    LECTERN_EMPTY_ROOM_SECONDS: z.coerce.number().int().positive().default(300),
    /** How long a call rings before it is missed. */
    LECTERN_RING_SECONDS: z.coerce.number().int().min(1).max(300).default(30),
    /** What one person's library may take, in GB (10⁹ bytes). */
    LECTERN_LIBRARY_QUOTA_GB: z.coerce.number().positive().default(20),
    /** Addresses inside of the installation's own network may be played, as where a school keeps its films. */
    LECTERN_PRIVATE_LINKS: z
      .enum(['0', '1'])
      .default('0')
      .transform((value) => value === '1'),
    /** A key of Google's for the YouTube Data API: presenters can search YouTube then. */
    YOUTUBE_API_KEY: z.string().min(1).optional(),
    /** Where that API is, if not at Google's: tests have a stand-in. Ends with a slash. */
    YOUTUBE_API_URL: z.url().endsWith('/').optional(),
    /** The mail server: `smtp://user:password@host:587`, or `smtps://…`. Without it mail is kept in a mailbox instead. */
    SMTP_URL: z
      .string()
      .regex(/^smtps?:\/\//)
      .optional(),
    /** The sender, as `Lectern <lectern@example.org>`; by default `lectern@` the app's own host. */
    MAIL_FROM: z.string().min(3).optional(),
    /** In production the mailbox can be read by whoever reaches the app: for trials and tests. */
    LECTERN_MAILBOX: z
      .enum(['0', '1'])
      .default(process.env.NODE_ENV === 'development' ? '1' : '0')
      .transform((value) => value === '1'),
    /** Whoever brings it may read /api/metrics. */
    LECTERN_METRICS_TOKEN: z.string().min(16).optional(),
    LECTERN_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    /** For fault runs only: where a SIGUSR2 lets the process kill itself (server/failpoint.ts). */
    LECTERN_FAILPOINT: z.enum(FAILPOINTS).optional(),
    /** Every request is logged with its database statements. */
    LECTERN_LOG_QUERIES: z
      .enum(['0', '1'])
      .default(process.env.NODE_ENV === 'development' ? '1' : '0')
      .transform((value) => value === '1'),
    NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  },
  experimental__runtimeEnv: {},
  emptyStringAsUndefined: true,
  // The build reads no setting: one build serves every installation.
  skipValidation: process.env.NEXT_PHASE === 'phase-production-build',
});

export type Env = typeof env;
