/** Why a command is refused. The sentence for each stands in the messages under `errors`. */
export const REFUSAL_CODES = [
  'NOT_ALLOWED',
  'NOT_FOUND',
  'BAD_INPUT',
  'BAD_RECORD',
  'TOO_LARGE',
  'TOO_MANY_REQUESTS',
  'ID_REUSED',
  'REMOVED',
  'LESSON_NOT_LIVE',
  'ANOTHER_LESSON_LIVE',
  'MEDIA_MOVED_ON',
  'LINK_PRIVATE',
  'LINK_UNREACHABLE',
  'LINK_NOT_MEDIA',
  'LINK_NOT_SECURE',
  'LINK_BROADCAST',
  'INTERNAL',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];
