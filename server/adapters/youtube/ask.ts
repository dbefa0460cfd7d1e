import type { z } from 'zod';

const TIMEOUT_MS = 5000;

/** @returns `status` is 0 where nobody answered; `body` is null where there is none that can be read */
export async function askJson(url: URL): Promise<{ status: number; body: unknown }> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const body: unknown = await response.json().catch(() => null);
    return { status: response.status, body };
  } catch {
    // No network, or nobody in time: which it was changes nothing for who asked.
    return { status: 0, body: null };
  }
}

/** What a vendor's answer says; null where it is not what they document. */
export function read<T>(schema: z.ZodType<T>, body: unknown): T | null {
  const parsed = schema.safeParse(body);
  return parsed.success ? parsed.data : null;
}
