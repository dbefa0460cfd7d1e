import type { Section } from '../run-sections';
import { measureDashboard } from './dashboard';
import { measurePublicPage } from './public-page';

/** In the order in which they run. */
export const sections: Record<string, Section> = {
  dashboard: measureDashboard,
  page: measurePublicPage,
};
