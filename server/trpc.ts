import { initTRPC, TRPCError } from '@trpc/server';
import type { Context } from './context';
import { AppError, ERROR_CODES, type ErrorCode } from './errors';

const t = initTRPC.context<Context>().create({
  errorFormatter({ shape, error, ctx }) {
    const known = error.cause instanceof AppError ? error.cause : null;
    const code: ErrorCode = known?.code ?? (error.code === 'BAD_REQUEST' ? 'BAD_INPUT' : 'INTERNAL');
    return {
      ...shape,
      message: code,
      data: { ...shape.data, stack: undefined, appCode: code, details: known?.details ?? {}, requestId: ctx?.requestId },
    };
  },
});

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
