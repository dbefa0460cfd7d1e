import { runScript } from './bootstrap.mjs';

await runScript('scripts/documents.ts');
