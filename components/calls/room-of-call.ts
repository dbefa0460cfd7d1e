const MARK = '#call';

/** Where a call goes on. Who comes from there has said by accepting that they come in. */
export function roomOfCall(slug: string): string {
  return `/room/${slug}${MARK}`;
}

/** Whether this page was come to by a call. In a browser. */
export function comesByCall(): boolean {
  return window.location.hash === MARK;
}
