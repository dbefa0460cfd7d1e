import { runScript } from './bootstrap.mjs';

await runScript('scripts/faults/faults.ts');
