import { runScript } from './bootstrap.mjs';

await runScript('scripts/e2e.ts');
