/** Reading this costs a page nothing, unlike asking the browser's database. */
const FLAG = 'lectern.uploads';
let wanted = false;
const listeners = new Set<() => void>();

/** Whether there are uploads to be shown on this page. */
export const uploadsWanted = {
  get: () => wanted,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  /** Keeps over a reload whether there is anything to look for. */
  remember(some: boolean) {
    if (some) localStorage.setItem(FLAG, '1');
    else localStorage.removeItem(FLAG);
  },
  /** For when a page opens. */
  wantRemembered() {
    if (localStorage.getItem(FLAG) !== null) uploadsWanted.want();
  },
  want() {
    if (wanted) return;
    wanted = true;
    for (const listener of listeners) listener();
  },
};
