import { existsSync } from 'node:fs';
import path from 'node:path';
import { runStack } from './stack/command-line';
import { nameForClone, root } from './stack/folders';
import { runToEnd } from './stack/processes';

const demoAccounts = ['teacher@lectern.local', 'presenter@lectern.local', 'student@lectern.local'];

await runStack({
  command: 'npm run dev',
  options: {
    name: nameForClone('dev'),
    mode: 'dev',
    keep: true,
    useEnvironment: true,
    prepare: makeDemoData,
  },
  closing: [`Demo accounts, password lectern-demo: ${demoAccounts.join(', ')}`],
});

/** A process of its own, because the seed reads its settings from the environment as the app does. */
async function makeDemoData(env: Record<string, string>, folder: string): Promise<void> {
  const seed = path.join(root, 'db', 'seed.ts');
  if (!existsSync(seed)) return;
  await runToEnd({
    name: 'demo data',
    command: process.execPath,
    args: ['--import', 'tsx', '--conditions=react-server', seed],
    cwd: root,
    env: { ...process.env, ...env, NODE_ENV: 'development' },
    logFile: path.join(folder, 'seed.log'),
  });
}
