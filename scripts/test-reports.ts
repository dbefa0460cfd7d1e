import { readFileSync } from 'node:fs';
import { z } from 'zod';

export type Counts = { passed: number; failed: number };

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
});

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
  errors: z.array(z.unknown()),
});

/** A file that failed without a failed test in it (it could not be loaded, or its set-up threw) is one failure. */
export function countVitest(report: unknown): Counts {
  const { numPassedTests, numFailedTests, testResults } = vitestReport.parse(report);
  const failedFiles = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  return { passed: numPassedTests, failed: numFailedTests + failedFiles.length };
}

export function countPlaywright(report: unknown): Counts {
  const { stats, errors } = playwrightReport.parse(report);
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
}

/** @param well whether the runner itself said that all is well: if it did not, there is at least one failure. */
export function readVitestReport(file: string, well: boolean): Counts {
  return atLeastOneFailure(readReport(file, countVitest), well);
}

export function readPlaywrightReport(file: string, well: boolean): Counts {
  return atLeastOneFailure(readReport(file, countPlaywright), well);
}

/** A seed of the fault runs counts as a test. */
export function readFaultsReport(file: string, well: boolean): Counts {
  return atLeastOneFailure(
    readReport(file, (report) => z.object({ passed: z.number(), failed: z.number() }).parse(report)),
    well,
  );
}

export function addCounts(one: Counts, other: Counts): Counts {
  return { passed: one.passed + other.passed, failed: one.failed + other.failed };
}

function readReport(file: string, count: (report: unknown) => Counts): Counts {
  try {
    return count(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    console.error(`${file} is no report: ${error instanceof Error ? error.message : String(error)}`);
    return { passed: 0, failed: 1 };
  }
}

function atLeastOneFailure(counts: Counts, well: boolean): Counts {
  return well ? counts : { ...counts, failed: Math.max(counts.failed, 1) };
}
