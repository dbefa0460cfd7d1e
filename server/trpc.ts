import { getErrorShape, initTRPC, TRPCError } from '@trpc/server';
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { ZodError } from 'zod';
import type { Context } from './context';
import { AppError, ERROR_CODES, type ErrorCode } from './errors';

/** What tRPC itself refuses before a service is reached, in our words. */
const CODES_OF_TRANSPORT: Partial<Record<TRPCError['code'], ErrorCode>> = {
  BAD_REQUEST: 'BAD_INPUT',
  PARSE_ERROR: 'BAD_INPUT',
  UNSUPPORTED_MEDIA_TYPE: 'BAD_INPUT',
  METHOD_NOT_SUPPORTED: 'BAD_INPUT',
  NOT_FOUND: 'NOT_FOUND',
  PAYLOAD_TOO_LARGE: 'TOO_LARGE',
};

/** Which field of the input had the wrong shape, for the form that sent it. */
function fieldOf(cause: unknown): { field?: string } {
  const issue = cause instanceof ZodError ? cause.issues[0] : undefined;
  return issue?.path.length ? { field: issue.path.join('.') } : {};
}

const t = initTRPC.context<Context>().create({
  errorFormatter({ shape, error, ctx }) {
    const known = error.cause instanceof AppError ? error.cause : null;
    const code: ErrorCode = known?.code ?? CODES_OF_TRANSPORT[error.code] ?? 'INTERNAL';
    return {
      ...shape,
      message: code,
      data: {
        ...shape.data,
        stack: undefined,
        appCode: code,
        details: known?.details ?? fieldOf(error.cause),
        requestId: ctx?.requestId,
      },
    };
  },
});

/** A mutation's error as it is sent. `ctx` is missing where it failed before there was one. */
export function shapeOf(error: TRPCError, path: string, ctx: Context | undefined) {
  const { _config: config } = t;
  return getErrorShape({ config, error, type: 'mutation', path, input: undefined, ctx });
}

/** A refusal from before tRPC, in tRPC's own shape, so that the browser reads both the same way. */
export function refusalResponse(error: AppError, requestId: string): Response {
  const refused = new TRPCError({ code: ERROR_CODES[error.code], message: error.code, cause: error });
  const httpStatus = getHTTPStatusCodeFromError(refused);
  const data = { code: refused.code, httpStatus, appCode: error.code, details: error.details, requestId };
  return Response.json(
    { error: { message: error.code, code: TRPC_ERROR_CODES_BY_KEY[refused.code], data } },
    { status: httpStatus, headers: { 'x-request-id': requestId, 'cache-control': 'no-store' } },
  );
}

/** Translates what services throw, once, and logs each call as one line. */
const translated = t.procedure.use(async ({ ctx, next, path, type }) => {
  const started = performance.now();
  const result = await next();
  const ms = Math.round(performance.now() - started);
  const line = { requestId: ctx.requestId, path, type, ms };
  if (result.ok) {
    ctx.app.log.debug(line, 'procedure');
    return result;
  }
  const cause = result.error.cause;
  if (cause instanceof AppError) {
    ctx.app.log.info({ ...line, code: cause.code }, 'procedure refused');
    throw new TRPCError({ code: ERROR_CODES[cause.code], message: cause.code, cause });
  }
  if (result.error.code !== 'INTERNAL_SERVER_ERROR') {
    ctx.app.log.info({ ...line, code: result.error.code }, 'procedure refused');
    return result;
  }
  ctx.app.log.error({ ...line, err: result.error }, 'procedure failed');
  return result;
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** For anybody, signed in or not. */
export const publicProcedure = translated;

/** For somebody with an account: `ctx.user` is theirs. */
export const userProcedure = translated.use(({ ctx, next }) => {
  if (ctx.viewer.kind !== 'account') throw new AppError('NOT_SIGNED_IN');
  return next({ ctx: { ...ctx, user: ctx.viewer.user, sessionId: ctx.viewer.sessionId } });
});
