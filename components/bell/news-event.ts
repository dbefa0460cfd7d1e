/** Said in the window when something new stands in the bell: it counts at once. */
export const NEWS_EVENT = 'lectern:news';
