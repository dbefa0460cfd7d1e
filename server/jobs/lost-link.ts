import { mailLinks } from '../links/lost-link';
import type { JobHandler } from './worker';

/** Sends somebody the links to their lessons. */
export const findLostLink: JobHandler<'lost-link'> = ({ app }, data) => mailLinks(app, data);
