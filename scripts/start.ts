import { existsSync } from 'node:fs';
import path from 'node:path';
import { runStack } from './stack/command-line';
import { nameForClone, root } from './stack/folders';

if (!existsSync(path.join(root, '.next', 'BUILD_ID'))) {
  console.error('There is no build yet: run `npm run build` first.');
  process.exit(1);
}

await runStack({
  command: 'npm run start',
  options: { name: nameForClone('start'), mode: 'production', keep: true, useEnvironment: true },
  closing: [],
});
