import { buildIfNeeded } from './build';
import { chromiumPath } from './chromium';
import { runCommand } from './run-command';

/** `npm run e2e -- [--no-build] [what playwright takes]`: builds where the build is older than the code, then runs the journeys. */
const args = process.argv.slice(2);
const build = !args.includes('--no-build');

if (!chromiumPath()) {
  console.error(
    'The journeys need Chromium: install it (Debian: apt-get install chromium) or give CHROMIUM_PATH.',
  );
  process.exit(1);
}
if (build && !(await buildIfNeeded())) process.exit(1);
const passed = await runCommand('playwright', ['test', ...args.filter((arg) => arg !== '--no-build')]);
process.exit(passed ? 0 : 1);
