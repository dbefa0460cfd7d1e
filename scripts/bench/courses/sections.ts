import type { Section } from '../run-sections';
import { measureDashboard } from './dashboard';
import { measurePublicPage } from './public-page';
import { measureReminders } from './reminders';

/** In the order in which they run. */
export const sections: Record<string, Section> = {
  dashboard: measureDashboard,
  page: measurePublicPage,
  reminders: async ({ databaseUrl }) => ({ reminders: await measureReminders(databaseUrl) }),
};
