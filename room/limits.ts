/** Bounds of the room, shared by server and browser. This file imports nothing, so that reading a bound costs nothing. */

/** People who ask to come in at once. */
export const MAX_KNOCKS = 200;
/** Characters of one chat message. */
export const MAX_CHAT_LENGTH = 1000;
/** Commands of one call of `rooms.send`. */
export const MAX_BATCH_COMMANDS = 50;
/** JSON bytes of one command. */
export const MAX_COMMAND_BYTES = 400_000;
/** JSON bytes of one call of `rooms.send`; the door refuses a little more before it parses. */
export const MAX_BATCH_BYTES = 900_000;
/** Levels of nesting in a command's JSON. */
export const MAX_COMMAND_DEPTH = 24;
/** Tabs (documents and blank boards, each) that may be open in a room at once: the head stays small. */
export const MAX_OPEN_TABS = 50;
/** Tabs in which everybody has a layer of their own, ever: the head stays small. */
export const MAX_COPIES = 200;
/** JSON characters of the records of one event that shows somebody's layer to everyone. */
export const MAX_REVEALED_CHARACTERS = 200_000;
/** Records of one layer of one board. */
export const MAX_BOARD_RECORDS = 20_000;
/** Messages of one page of chat. */
export const CHAT_PAGE = 50;
/** Closed boards of one page of their list. */
export const CLOSED_BOARDS_PAGE = 12;
/** Media that wait for their turn in a room. */
export const MAX_MEDIA_QUEUE = 50;
/** How far ahead of a start or a jump everybody's moment lies, ms: players need it to be at the place. */
export const MEDIA_LEAD_MS = 250;
/** Rates at which media may play. */
export const MEDIA_RATES = { slowest: 0.25, fastest: 2 };
/** The longest that media may be: 24 hours, in ms. */
export const MAX_MEDIA_MS = 86_400_000;
