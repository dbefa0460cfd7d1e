import type { App } from '../app';

/** Until guests exist, nobody is one. */
export function readGuest(_app: Pick<App, 'env'>, _headers: Headers, _roomId: string): string | null {
  return null;
}
