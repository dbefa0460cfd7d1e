import { runScript } from './bootstrap.mjs';

await runScript('scripts/bench/documents/main.ts');
