import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';

/** `reasons` has a paragraph for each failure that has something to say: what failed, and the beginning of why. */
export type Counts = { passed: number; failed: number; reasons: string[] };

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()) }),
      ),
    }),
  ),
});

const spec = z.object({
  title: z.string(),
  file: z.string(),
  tests: z.array(
    z.object({
      status: z.string(),
      results: z.array(z.object({ errors: z.array(z.object({ message: z.string().optional() })) })),
    }),
  ),
});

const suite = z.object({
  specs: z.array(spec),
  get suites() {
    return z.array(suite).optional();
  },
});

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
  errors: z.array(z.object({ message: z.string().optional() })),
  suites: z.array(suite),
});

const REASON_LINES = 12;

/** A file that failed without a failed test in it (it could not be loaded, or its set-up threw) is one failure. */
export function countVitest(report: unknown): Counts {
  const { numPassedTests, numFailedTests, testResults } = vitestReport.parse(report);
  const failedFiles = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const failedTests = testResults.flatMap((file) =>
    file.assertionResults.flatMap((test) =>
      test.status === 'failed' ? [reason(`${file.name} › ${test.fullName}`, test.failureMessages)] : [],
    ),
  );
  return {
    passed: numPassedTests,
    failed: numFailedTests + failedFiles.length,
    reasons: [...failedTests, ...failedFiles.map((file) => reason(file.name, [file.message]))],
  };
}

export function countPlaywright(report: unknown): Counts {
  const { stats, errors, suites } = playwrightReport.parse(report);
  const failedTests = suites
    .flatMap(specsOf)
    .flatMap(({ title, file, tests }) =>
      tests.flatMap(({ status, results }) =>
        status === 'unexpected' || status === 'flaky'
          ? [reason(`${file} › ${title}`, messagesOf(results.flatMap((result) => result.errors)))]
          : [],
      ),
    );
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    reasons: [
      ...failedTests,
      ...messagesOf(errors).map((message) => reason('outside of journeys', [message])),
    ],
  };
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
    readReport(file, (report) => ({
      ...z.object({ passed: z.number(), failed: z.number() }).parse(report),
      reasons: [],
    })),
    well,
  );
}

export function addCounts(one: Counts, other: Counts): Counts {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    reasons: [...one.reasons, ...other.reasons],
  };
}

function specsOf(one: z.infer<typeof suite>): z.infer<typeof spec>[] {
  return [...one.specs, ...(one.suites ?? []).flatMap(specsOf)];
}

function messagesOf(errors: { message?: string | undefined }[]): string[] {
  return errors.flatMap(({ message }) => (message === undefined ? [] : [message]));
}

function reason(what: string, messages: string[]): string {
  const lines = messages.flatMap((message) => stripVTControlCharacters(message).split('\n'));
  return [what, ...lines.slice(0, REASON_LINES)].join('\n  ');
}

function readReport(file: string, count: (report: unknown) => Counts): Counts {
  try {
    return count(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { passed: 0, failed: 1, reasons: [reason(`${file} is no report`, [why])] };
  }
}

function atLeastOneFailure(counts: Counts, well: boolean): Counts {
  return well ? counts : { ...counts, failed: Math.max(counts.failed, 1) };
}
