import { runSections } from '../run-sections';
import { sections } from './sections';

/**
 * `npm run bench:documents -- [--only convert,…]`: documents on the production build. Each section gives its own keys; times in ms.
 */
await runSections(sections, 2);
