import { rmSync } from 'node:fs';
import path from 'node:path';
import { chromiumPath } from './chromium';
import { runCommand } from './run-command';
import { root } from './stack/folders';
import { installSystemPackages } from './system-packages';
import {
  addCounts,
  type Counts,
  readFaultsReport,
  readPlaywrightReport,
  readVitestReport,
} from './test-reports';

/**
 * `npm test`: everything that has to hold, on a machine that has nothing but git and Node. The last line is the count of
 * tests, after what failed and why; a step that is not a test (the check, the build) counts as one failure when it fails.
 */
const results = path.join(root, 'test-results');
let total: Counts = { passed: 0, failed: 0, reasons: [] };

rmSync(results, { recursive: true, force: true });
installSystemPackages();

await step('check', async () => (await npm('check')) || failure('npm run check'));
const built = await step('build', async () => (await npm('build')) || failure('npm run build'));
await step('unit and integration tests', async () => {
  const report = path.join(results, 'vitest.json');
  const well = await runCommand('vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  return readVitestReport(report, well);
});
await step('journeys', async () => {
  if (!built) return skip('there is no build to run them on');
  if (!chromiumPath()) return skip('there is no Chromium: install it or give CHROMIUM_PATH');
  const well = await runCommand('playwright', ['test']);
  return readPlaywrightReport(path.join(results, 'e2e.json'), well);
});
await step('fault runs', async () => {
  if (!built) return skip('there is no build to run them on');
  const args = ['--no-build', '--seed', '1', '--seeds', '5', '--ops', '60'];
  const well = await runCommand('node', [path.join(root, 'scripts', 'faults.mjs'), ...args]);
  return readFaultsReport(path.join(results, 'faults.json'), well);
});

for (const reason of total.reasons) console.log(`✗ ${reason}\n`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
if (process.connected) process.disconnect();

async function step(name: string, run: () => Promise<true | Counts>): Promise<boolean> {
  console.log(`\n── ${name} ──`);
  const started = Date.now();
  const outcome = await run();
  const counts = outcome === true ? { passed: 0, failed: 0, reasons: [] } : outcome;
  total = addCounts(total, counts);
  console.log(
    `── ${name}: ${counts.failed === 0 ? 'well' : 'failed'}, ${Math.round((Date.now() - started) / 1000)} s ──\n`,
  );
  return counts.failed === 0;
}

function npm(script: string): Promise<boolean> {
  return runCommand('npm', ['run', script, '--loglevel=error']);
}

function skip(why: string): Counts {
  return failure(`not run: ${why}`);
}

function failure(reason: string): Counts {
  return { passed: 0, failed: 1, reasons: [reason] };
}
