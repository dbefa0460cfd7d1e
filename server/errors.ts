import type { TRPC_ERROR_CODE_KEY } from '@trpc/server/unstable-core-do-not-import';

/**
 * Every refusal that a person can meet, with the transport's name for it. The sentence that tells what to do next stands
 * in `messages/<language>.json` under `errors.<CODE>`.
 */
export const ERROR_CODES = {
  NOT_SIGNED_IN: 'UNAUTHORIZED',
  NOT_ALLOWED: 'FORBIDDEN',
  NOT_FOUND: 'NOT_FOUND',
  BAD_INPUT: 'BAD_REQUEST',
  BAD_ORIGIN: 'FORBIDDEN',
  TOO_LARGE: 'PAYLOAD_TOO_LARGE',
  TOO_MANY_REQUESTS: 'TOO_MANY_REQUESTS',
  WRONG_CREDENTIALS: 'UNAUTHORIZED',
  EMAIL_TAKEN: 'CONFLICT',
  LINK_INVALID: 'NOT_FOUND',
  LESSON_NOT_LIVE: 'PRECONDITION_FAILED',
  LESSON_ENDED: 'PRECONDITION_FAILED',
  ANOTHER_LESSON_LIVE: 'CONFLICT',
  COURSE_FULL: 'CONFLICT',
  ENROLMENT_CLOSED: 'PRECONDITION_FAILED',
  SLOT_TAKEN: 'CONFLICT',
  BOOKING_TOO_LATE: 'PRECONDITION_FAILED',
  BOOKING_GIVEN_UP: 'PRECONDITION_FAILED',
  BOOKED_SEAT: 'PRECONDITION_FAILED',
  INVITED_ANOTHER: 'FORBIDDEN',
  PERSON_AWAY: 'PRECONDITION_FAILED',
  ALREADY_CALLING: 'CONFLICT',
  MEDIA_MOVED_ON: 'CONFLICT',
  LINK_PRIVATE: 'FORBIDDEN',
  LINK_UNREACHABLE: 'NOT_FOUND',
  LINK_NOT_MEDIA: 'BAD_REQUEST',
  LINK_NOT_SECURE: 'BAD_REQUEST',
  LINK_BROADCAST: 'BAD_REQUEST',
  YOUTUBE_QUOTA: 'TOO_MANY_REQUESTS',
  YOUTUBE_AWAY: 'SERVICE_UNAVAILABLE',
  REMOVED: 'FORBIDDEN',
  WAITING: 'FORBIDDEN',
  DENIED: 'FORBIDDEN',
  UNPAID: 'PAYMENT_REQUIRED',
  ROOM_LOCKED: 'FORBIDDEN',
  ROOM_FULL: 'CONFLICT',
  ID_REUSED: 'CONFLICT',
  MEDIA_AWAY: 'SERVICE_UNAVAILABLE',
  CHANGED_MEANWHILE: 'CONFLICT',
  NAME_TAKEN: 'CONFLICT',
  FOLDER_IN_ITSELF: 'BAD_REQUEST',
  FOLDERS_FULL: 'CONFLICT',
  QUOTA_REACHED: 'PAYLOAD_TOO_LARGE',
  FILE_TOO_LARGE: 'PAYLOAD_TOO_LARGE',
  FILE_EMPTY: 'BAD_REQUEST',
  FILE_NOT_PDF: 'BAD_REQUEST',
  FILE_DAMAGED: 'BAD_REQUEST',
  FILE_LOCKED: 'BAD_REQUEST',
  FILE_NOT_MEDIA: 'BAD_REQUEST',
  FILE_UNPACKS_TOO_LARGE: 'BAD_REQUEST',
  FILE_TOO_MANY_PAGES: 'BAD_REQUEST',
  FILE_TOO_MANY_PIXELS: 'BAD_REQUEST',
  FILE_TOO_SLOW: 'BAD_REQUEST',
  CONVERTER_MISSING: 'SERVICE_UNAVAILABLE',
  MEDIA_EMPTY: 'BAD_REQUEST',
  MEDIA_DAMAGED: 'BAD_REQUEST',
  MEDIA_TOO_MANY_PIXELS: 'BAD_REQUEST',
  MEDIA_TOO_LONG: 'BAD_REQUEST',
  TRANSCODER_MISSING: 'SERVICE_UNAVAILABLE',
  NOT_CAPTIONS: 'BAD_REQUEST',
  STORAGE_FULL: 'SERVICE_UNAVAILABLE',
  INTERNAL: 'INTERNAL_SERVER_ERROR',
} as const satisfies Record<string, TRPC_ERROR_CODE_KEY>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** The one error class: an expected refusal, named by its code. Anything else that is thrown is a defect and is logged. */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** Facts for the reader's sentence, such as `{ retryAfterSeconds: 30 }`. Never a secret. */
  readonly details: Readonly<Record<string, string | number>>;

  constructor(code: ErrorCode, details: Record<string, string | number> = {}, options?: ErrorOptions) {
    super(code, options);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }

  /** By name, not by class: Next loads modules several times in one process, and what one copy throws another one catches. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'AppError' && 'code' in value;
  }
}
