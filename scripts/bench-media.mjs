import { runScript } from './bootstrap.mjs';

await runScript('scripts/bench/media/main.ts');
