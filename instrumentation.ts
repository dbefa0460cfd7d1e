/** Called by Next once, when the server starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs' || process.env.NEXT_PHASE === 'phase-production-build') return;
  const { startBackground } = await import('./server/background');
  const { installFailpoint } = await import('./server/failpoint');
  const { env } = await import('./server/env');
  installFailpoint(env.LECTERN_FAILPOINT);
  startBackground();
}
