import type { Section } from '../run-sections';
import { measureBookingRace } from './booking-race';
import { measureDashboard } from './dashboard';
import { measurePublicPage } from './public-page';
import { measureReminders } from './reminders';
import { measureSlots } from './slots';
import { measureWayIn } from './way-in';

/** In the order in which they run. */
export const sections: Record<string, Section> = {
  dashboard: measureDashboard,
  slots: measureSlots,
  race: measureBookingRace,
  page: measurePublicPage,
  way: measureWayIn,
  reminders: async ({ databaseUrl }) => ({ reminders: await measureReminders(databaseUrl) }),
};
