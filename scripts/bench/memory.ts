import { readdirSync, readFileSync } from 'node:fs';

/**
 * Memory of processes and all their descendants, in MB: the sum of PSS from `/proc/<pid>/smaps_rollup`, so that pages
 * that several of them share count once. Linux only.
 */
export function sumPssMb(roots: readonly number[]): number {
  const children = childrenByParent();
  const pids = new Set<number>();
  const visit = (pid: number) => {
    if (pids.has(pid)) return;
    pids.add(pid);
    for (const child of children.get(pid) ?? []) visit(child);
  };
  for (const pid of roots) visit(pid);
  return [...pids].reduce((sum, pid) => sum + pssKb(pid), 0) / 1024;
}

function childrenByParent(): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const parent = readOrGone(`/proc/${entry}/status`).match(/^PPid:\s+(\d+)/m)?.[1];
    if (parent) children.set(Number(parent), [...(children.get(Number(parent)) ?? []), Number(entry)]);
  }
  return children;
}

function pssKb(pid: number): number {
  return Number(readOrGone(`/proc/${pid}/smaps_rollup`).match(/^Pss:\s+(\d+)/m)?.[1] ?? 0);
}

/** A process may end between being listed and being read: it then counts nothing. */
function readOrGone(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return '';
    throw error;
  }
}
