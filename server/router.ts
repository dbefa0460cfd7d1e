import { bookingsRouter } from './bookings/router';
import { calendarRouter } from './calendar/router';
import { callsRouter } from './calls/router';
import { classroomRouter } from './classroom/router';
import { coursesRouter } from './courses/router';
import { invitationsRouter } from './courses/invitations-router';
import { joinRouter } from './courses/join-router';
import { materialsRouter, syllabusRouter } from './courses/syllabus-router';
import { exportsRouter } from './documents/exports-router';
import { documentsRouter } from './documents/router';
import { libraryRouter } from './documents/library-router';
import { homeRouter } from './home/router';
import { identityRouter } from './identity/router';
import { lessonsRouter } from './lessons/router';
import { linksRouter } from './links/router';
import { mailRouter } from './mail/router';
import { mediaRouter } from './media/router';
import { bellRouter } from './notifications/router';
import { roomsRouter } from './rooms/router';
import { router } from './trpc';
import { youtubeRouter } from './youtube/router';

export const appRouter = router({
  bell: bellRouter,
  bookings: bookingsRouter,
  calendar: calendarRouter,
  calls: callsRouter,
  classroom: classroomRouter,
  courses: coursesRouter,
  documents: documentsRouter,
  exports: exportsRouter,
  home: homeRouter,
  identity: identityRouter,
  invitations: invitationsRouter,
  join: joinRouter,
  lessons: lessonsRouter,
  library: libraryRouter,
  links: linksRouter,
  mail: mailRouter,
  materials: materialsRouter,
  media: mediaRouter,
  rooms: roomsRouter,
  syllabus: syllabusRouter,
  youtube: youtubeRouter,
});

export type AppRouter = typeof appRouter;
/** What uploadthing's client may upload: its type alone leaves the server. */
export type { LecternFileRouter } from './documents/file-router';
/** What the stream of calls tells a page. */
export type { CallNews, CallView } from './calls/hub';
