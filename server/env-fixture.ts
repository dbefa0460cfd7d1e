/**
 * Settings for tests of modules that read them when they are loaded, such as routes; the test's own take their place. To be imported before
 * anything else.
 */
Object.assign(process.env, {
  DATABASE_URL: 'postgres://nowhere',
  LECTERN_SECRET: 'nothing is signed with this, it is a filler',
  LECTERN_STATE_DIR: '/nowhere',
  LECTERN_URL: 'http://localhost',
  LECTERN_FILES_URL: 'http://127.0.0.1',
  LIVEKIT_URL: 'ws://127.0.0.1',
  LIVEKIT_API_KEY: 'none',
  LIVEKIT_API_SECRET: 'nothing is signed with this, it is a filler',
  LECTERN_LOG_LEVEL: 'silent',
});
