import type { Section } from '../run-sections';
import { measureBookingRace } from './booking-race';
import { measureDashboard } from './dashboard';
import { measurePublicPage } from './public-page';
import { measureReminders } from './reminders';
import { measureSlots } from './slots';

/** In the order in which they run. */
export const sections: Record<string, Section> = {
  dashboard: measureDashboard,
  slots: measureSlots,
  race: measureBookingRace,
  page: measurePublicPage,
  reminders: async ({ databaseUrl }) => ({ reminders: await measureReminders(databaseUrl) }),
};
