import { expect, test } from 'vitest';
import { countPlaywright, countVitest, readVitestReport } from './test-reports';

const file = (status: string, ...tests: string[]) => ({
  name: 'a.test.ts',
  status,
  message: status === 'failed' && tests.length === 0 ? 'Cannot find module' : '',
  assertionResults: tests.map((one, index) => ({
    fullName: `test ${index}`,
    status: one,
    failureMessages: one === 'failed' ? ['\u001b[31mexpected 1 to be 2\u001b[39m\n    at a.test.ts:3'] : [],
  })),
});

test('a test file that cannot be loaded counts as a failure', () => {
  const report = {
    numPassedTests: 2,
    numFailedTests: 0,
    testResults: [file('passed', 'passed', 'passed'), file('failed')],
  };
  expect(countVitest(report)).toEqual({
    passed: 2,
    failed: 1,
    reasons: ['a.test.ts\n  Cannot find module'],
  });
});

test('a failed test is counted once, not again for its file', () => {
  const report = { numPassedTests: 1, numFailedTests: 1, testResults: [file('failed', 'passed', 'failed')] };
  expect(countVitest(report)).toEqual({
    passed: 1,
    failed: 1,
    reasons: ['a.test.ts › test 1\n  expected 1 to be 2\n      at a.test.ts:3'],
  });
});

test('a journey that passed only when repeated is a failure, and so is an error outside of tests', () => {
  const journey = (title: string, status: string, ...errors: string[]) => ({
    title,
    file: 'a.e2e.ts',
    tests: [{ status, results: [{ errors: errors.map((message) => ({ message })) }] }],
  });
  const report = {
    stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 3 },
    errors: [{ message: 'no server' }],
    suites: [
      {
        specs: [journey('well', 'expected')],
        suites: [{ specs: [journey('no', 'unexpected', 'not visible'), journey('twice', 'flaky', 'late')] }],
      },
    ],
  };
  expect(countPlaywright(report)).toEqual({
    passed: 5,
    failed: 3,
    reasons: ['a.e2e.ts › no\n  not visible', 'a.e2e.ts › twice\n  late', 'outside of journeys\n  no server'],
  });
});

test('a runner that leaves no report has failed', () => {
  const counts = readVitestReport('/nowhere/report.json', false);
  expect(counts).toMatchObject({ passed: 0, failed: 1 });
  expect(counts.reasons.join()).toContain('/nowhere/report.json is no report');
});
