/** A short note at the edge of the window; with an action it stays for ten seconds, such as for an undo. */
export type ToastOptions = { action?: { label: string; run: () => void }; tone?: 'plain' | 'error' };

type State = { wanted: boolean };
let state: State = { wanted: false };
const listeners = new Set<() => void>();
let announceMounted: () => void = () => {};
const mounted = new Promise<void>((resolve) => {
  announceMounted = resolve;
});

/** For `Toasts`, which renders nothing until the first toast is asked for. */
export const toasterState = {
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  get: () => state.wanted,
  mounted: () => announceMounted(),
};

/** Shows a toast. The code that draws it is fetched at the first call. */
export async function toast(message: string, { action, tone = 'plain' }: ToastOptions = {}): Promise<void> {
  if (!state.wanted) {
    state = { wanted: true };
    for (const listener of listeners) listener();
  }
  const [sonner] = await Promise.all([import('sonner'), mounted]);
  const show = tone === 'error' ? sonner.toast.error : sonner.toast;
  show(message, {
    duration: action ? 10_000 : 5_000,
    ...(action ? { action: { label: action.label, onClick: () => action.run() } } : {}),
  });
}
