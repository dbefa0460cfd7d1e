/** Whether something failed because there is no room left: on this machine's disk, in somebody's quota of it, or at the vendor's. */
export function isStorageFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? error.code : undefined;
  const full = code === 'ENOSPC' || code === 'EDQUOT' || FULL_BUCKET.has(error.name);
  return full || isStorageFull(error.cause);
}

/** As MinIO and Ceph call it; Amazon's buckets have no end. */
const FULL_BUCKET = new Set(['XMinioStorageFull', 'QuotaExceeded']);
