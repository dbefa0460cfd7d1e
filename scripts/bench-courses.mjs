import { runScript } from './bootstrap.mjs';

await runScript('scripts/bench/courses/main.ts');
