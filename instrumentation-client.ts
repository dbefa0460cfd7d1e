import { FIRST_GRANT_ID } from '@/components/classroom/media/media-ahead';

/** Runs before React does. A page that may connect to the media server begins to, while React still reads it. */
if (document.getElementById(FIRST_GRANT_ID)) void import('@/components/classroom/media/engine');
