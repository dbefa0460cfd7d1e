import { runScript } from './bootstrap.mjs';

await runScript('scripts/dev.ts');
