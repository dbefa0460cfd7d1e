/** What holds for every answer, whoever makes it. The policy with its nonce is a page's own: proxy.ts. */
export const ANSWER_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Permissions-Policy': 'camera=(self), microphone=(self), display-capture=(self), geolocation=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
} as const;

/** The same for the API, which nothing is to be loaded or framed from. */
export const API_HEADERS = {
  ...ANSWER_HEADERS,
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
} as const;
