const KEY = 'lectern.join';

/** Somebody without an account pressed the button of a page: kept in their tab while they make one. */
export function rememberWish(path: string, lessonIds: readonly string[]): void {
  sessionStorage.setItem(KEY, JSON.stringify({ path, lessonIds }));
}

/** The lessons that were chosen at this page before its visitor went to sign up; null where they did not press. */
export function readWish(path: string): string[] | null {
  const kept = sessionStorage.getItem(KEY);
  if (!kept) return null;
  const wish = JSON.parse(kept) as { path: string; lessonIds: string[] };
  return wish.path === path ? wish.lessonIds : null;
}

export function forgetWish(): void {
  sessionStorage.removeItem(KEY);
}
