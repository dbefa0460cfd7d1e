// @ts-check
// Runs after `npm install`, and at every start of a script: plain Node, no dependencies.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

// postgres.js 3.4.9 does not stand it when a connection breaks in the middle of a transaction. What is about to be written
// then is left to a timer that is cancelled but never forgotten, so that the connection's next life writes nothing, not even
// its greeting, and everything that waits for it hangs; or it is written to no socket, which nobody can catch. The broken
// transaction's ROLLBACK goes to the next life, and that one's first query is answered with what ended the one before.
// Reported as porsager/postgres#1208 and #1154, not repaired in a published version. With one that has it, this file goes.
const VERSION = '3.4.9';
const REPAIRS = {
  'connection.js': [
    {
      found: `    const x = socket.write(chunk, fn)
    nextWriteTimer !== null && clearImmediate(nextWriteTimer)
    chunk = nextWriteTimer = null
    return x
`,
      put: `    nextWriteTimer !== null && clearImmediate(nextWriteTimer)
    const x = chunk
    chunk = nextWriteTimer = null
    return socket ? socket.write(x, fn) : false
`,
    },
    {
      found: `    clearImmediate(nextWriteTimer)
    if (socket) {
`,
      put: `    clearImmediate(nextWriteTimer)
    chunk = nextWriteTimer = null
    if (socket) {
`,
    },
    {
      found: `    clearImmediate(nextWriteTimer)
    socket.removeListener('data', data)
`,
      put: `    clearImmediate(nextWriteTimer)
    chunk = nextWriteTimer = errorResponse = null
    socket.removeListener('data', data)
`,
    },
    {
      found: `    !hadError && (query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))
`,
      put: `    if (query || sent.length)
      error(Errors.connection('CONNECTION_CLOSED', options, socket))
    query = null
`,
    },
  ],
  'index.js': [
    {
      found: `      , prepare = null

    try {
`,
      put: `      , prepare = null
      , gone = null

    try {
`,
    },
    {
      found: `new Promise((_, reject) => connection.onclose = reject)`,
      put: `new Promise((_, reject) => connection.onclose = e => (gone = e, reject(e)))`,
    },
    {
      found: `        q.catch(e => uncaughtError || (uncaughtError = e))
`,
      put: `        q.catch(e => uncaughtError || (uncaughtError = e))
        if (gone)
          return q.reject(gone)
`,
    },
  ],
};

/**
 * Repairs the installed postgres.js where that has not been done. Throws where it is another version than the repair is for.
 * @param {string} root the clone
 */
export function patchPostgres(root) {
  const folder = path.join(root, 'node_modules', 'postgres');
  if (!existsSync(folder)) return;
  const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  if (version !== VERSION)
    throw new Error(`scripts/patch-postgres.mjs is for postgres ${VERSION}, and ${version} is installed.`);
  for (const [name, repairs] of Object.entries(REPAIRS)) {
    for (const modules of ['src', 'cjs/src']) repair(path.join(folder, modules, name), repairs);
  }
}

/**
 * @param {string} file
 * @param {{ found: string, put: string }[]} repairs
 */
function repair(file, repairs) {
  const before = readFileSync(file, 'utf8');
  let after = before;
  for (const { found, put } of repairs) {
    if (after.includes(put)) continue;
    if (!after.includes(found)) throw new Error(`${file} is not what its repair expects.`);
    after = after.replace(found, () => put);
  }
  if (after === before) return;
  // Renamed into place: a copy of node_modules that shares its files is not changed behind its owner's back.
  writeFileSync(`${file}.${process.pid}`, after);
  renameSync(`${file}.${process.pid}`, file);
}

const self = fileURLToPath(import.meta.url);
if (process.argv[1] === self) patchPostgres(path.resolve(path.dirname(self), '..'));
