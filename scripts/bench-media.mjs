import { runScript } from './bootstrap.mjs';

await runScript('scripts/bench/media.ts');
