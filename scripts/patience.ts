import { vi } from 'vitest';

/**
 * What a test waits for is given as long as a busy machine may take, where the test names no time of its own: a second, as it is without
 * this, passes now and then while nothing is wrong. Tests end as soon as it is there.
 */
const PATIENCE_MS = 15_000;

const { waitFor } = vi;
vi.waitFor = (check, options) => waitFor(check, options ?? { timeout: PATIENCE_MS });
