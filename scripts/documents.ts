import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Actor, signUpActor } from './actor';
import { buildIfNeeded } from './build';
import { startStack } from './stack/stack';
import { uploadFile } from './upload-file';

/**
 * `npm run documents -- <folder>`: uploads every file of a folder to a Lectern of its own, one after the other, and says what became of each:
 * for trying it on what people really have.
 */
const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('Which folder? npm run documents -- <folder>');
  process.exit(1);
}
if (!(await buildIfNeeded())) process.exit(1);
const stack = await startStack({
  name: `documents-${randomBytes(4).toString('hex')}`,
  mode: 'production',
  keep: false,
  useEnvironment: false,
});
try {
  const person = await signUpActor(stack.appUrl, 'Mara Lindt');
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isFile()) console.log(await tell(person, path.join(folder, entry.name)));
  }
  await person.dispose();
} finally {
  await stack.stop();
}

async function tell(person: Actor, file: string): Promise<string> {
  const name = path.basename(file);
  const started = performance.now();
  const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  let id: string;
  try {
    id = await uploadFile(stack.appUrl, person, { name, bytes: await readFile(file) });
  } catch (error) {
    return `${name}: ${error instanceof Error ? error.message : String(error)}`;
  }
  for (let ready = ''; ; await wait(100)) {
    const [document] = (await person.trpc.library.states.query({ documentIds: [id] })).documents;
    if (!document) return `${name}: it is gone`;
    const { status, kind, mimeType, failure, notes, pageCount, pagesDone, pagesTotal } = document;
    if (status === 'failed') return `${name}: ${failure} after ${seconds()}`;
    if (status !== 'ready') continue;
    ready ||= seconds();
    if (kind === 'pages' && pagesDone !== pagesTotal) continue;
    const pages = kind === 'pages' ? `${pageCount} pages` : kind;
    return [
      `${name}: ${mimeType}, ${pages}, ready after ${ready}, all drawn after ${seconds()}`,
      ...notes,
    ].join(', ');
  }
}
