import { runScript } from './bootstrap.mjs';

await runScript('scripts/screenshot.ts');
