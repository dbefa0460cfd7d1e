import { expect, test } from 'vitest';
import { countPlaywright, countVitest, readVitestReport } from './test-reports';

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((one) => ({ status: one })),
});

test('a test file that cannot be loaded counts as a failure', () => {
  const report = {
    numPassedTests: 2,
    numFailedTests: 0,
    testResults: [file('passed', 'passed', 'passed'), file('failed')],
  };
  expect(countVitest(report)).toEqual({ passed: 2, failed: 1 });
});

test('a failed test is counted once, not again for its file', () => {
  const report = { numPassedTests: 1, numFailedTests: 1, testResults: [file('failed', 'passed', 'failed')] };
  expect(countVitest(report)).toEqual({ passed: 1, failed: 1 });
});

test('a journey that passed only when repeated is a failure, and so is an error outside of tests', () => {
  const report = { stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 3 }, errors: [{}] };
  expect(countPlaywright(report)).toEqual({ passed: 5, failed: 3 });
});

test('a runner that leaves no report has failed', () => {
  expect(readVitestReport('/nowhere/report.json', false)).toEqual({ passed: 0, failed: 1 });
});
