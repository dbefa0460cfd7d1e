import { runScript } from './bootstrap.mjs';

await runScript('scripts/start.ts');
