/** Whether something failed because there is no room left: on this machine's disk, in somebody's quota of it, or at the vendor's. */
export function isStorageFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? error.code : undefined;
  return code === 'ENOSPC' || code === 'EDQUOT' || isStorageFull(error.cause);
}
