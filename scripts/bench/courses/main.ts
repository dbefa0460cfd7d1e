import { runSections } from '../run-sections';
import { sections } from './sections';

/**
 * `npm run bench:courses -- [--only dashboard,…]`: courses on the production build. Each section gives its own keys; times in ms.
 */
await runSections(sections, 1);
