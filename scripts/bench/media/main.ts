import { runSections } from '../run-sections';
import { measureConvert } from './convert';
import { measureFollowing } from './following';
import { measureYouTube } from './youtube';

/**
 * `npm run bench:media -- [--only following,youtube,convert] [--seconds 60] [--subscribers 500]`: media in step, on the production build.
 * Each section gives its own keys; times in ms.
 */
await runSections({ following: measureFollowing, youtube: measureYouTube, convert: measureConvert }, 1);
