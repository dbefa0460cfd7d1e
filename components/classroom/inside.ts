/** Who went in is in again after a reload, without the device check; another tab or another lesson asks again. */
export type Inside = { lessonId: string; as: 'speaker' | 'listener' };

const keyOf = (roomId: string) => `lectern.inside.${roomId}`;

export function readInside(roomId: string): Inside | null {
  const stored = typeof sessionStorage === 'undefined' ? null : sessionStorage.getItem(keyOf(roomId));
  const [as, lessonId] = stored?.split(' ') ?? [];
  return lessonId && (as === 'speaker' || as === 'listener') ? { lessonId, as } : null;
}

/** `null`: the person left. */
export function rememberInside(roomId: string, inside: Inside | null): void {
  try {
    if (inside) sessionStorage.setItem(keyOf(roomId), `${inside.as} ${inside.lessonId}`);
    else sessionStorage.removeItem(keyOf(roomId));
  } catch (error) {
    console.warn('Being in the class could not be remembered', error);
  }
}
