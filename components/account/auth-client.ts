import type { RefusalLike } from '@/components/refusal-sentence';

/**
 * Signs in through next-auth's own handler, which sets the session's cookie. Resolves with null, or with what was refused.
 * (next-auth/react would do the same with a context, a poll and a broadcast that nothing here needs.)
 */
export async function signIn(email: string, password: string): Promise<RefusalLike | null> {
  let response: Response;
  try {
    const { csrfToken } = (await (await fetch('/api/auth/csrf')).json()) as { csrfToken: string };
    response = await fetch('/api/auth/callback/credentials', {
      method: 'POST',
      body: new URLSearchParams({ email, password, csrfToken, json: 'true' }),
    });
  } catch {
    // Neither request says more than that nobody answered.
    return { code: 'OFFLINE' };
  }
  if (response.ok) return null;
  return refusalIn(await response.text());
}

/** next-auth answers a refusal with the address of its error page; the reason stands in it as `CODE:seconds`. */
function refusalIn(answer: string): RefusalLike {
  const error = /[?&]error=([^&"]+)/.exec(answer)?.[1];
  const [code = 'INTERNAL', seconds = '0'] = decodeURIComponent(error ?? '').split(':');
  return { code: code || 'INTERNAL', details: { retryAfterSeconds: Number(seconds) } };
}
