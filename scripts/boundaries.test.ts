import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from './stack/folders';

/** The arrows of the house (DESIGN §2), as violations that the linter has to find and imports that it has to let through. */
const forbidden = {
  'room/zod.ts': "import { z } from 'zod';",
  'room/schema-value.ts': "import { createTLSchema } from '@tldraw/tlschema';",
  'room/server.ts': "import { log } from '../server/log';",
  'room/server-by-alias.ts': "import { log } from '@/server/log';",
  'room/node.ts': "import { readFileSync } from 'node:fs';",
  'room/react.ts': "import { useState } from 'react';",
  'components/chat/server.ts': "import { send } from '@/server/rooms/service';",
  'components/chat/server-relative.ts': "import { send } from '../../server/rooms/service';",
  'components/chat/router-value.ts': "import { appRouter } from '@/server/router';",
  'components/chat/app.ts': "import { page } from '@/app/page';",
  'components/chat/db.ts': "import { connectDatabase } from '@/db/client';",
  'app/server.ts': "import { log } from '@/server/log';",
  'app/api/db.ts': "import { connectDatabase } from '@/db/client';",
  'db/server.ts': "import { getApp } from '@/server/app';",
  'server/rooms/other-queries.ts': "import { find } from '@/server/courses/queries';",
  'server/rooms/other-queries-relative.ts': "import { find } from '../courses/queries';",
  'server/rooms/deep/other-queries.ts': "import { find } from '../../courses/queries';",
  'server/rooms/sql.ts': "import { sql } from 'drizzle-orm';",
  'server/rooms/tables.ts': "import { rooms } from '@/db/schema/rooms';",
  'server/rooms/components.ts': "import { Button } from '@/components/ui/button';",
};

const allowed = {
  'room/good.ts':
    "import { string } from 'zod/mini'; import type { TLRecord } from '@tldraw/tlschema'; import { a } from './a'; import { b } from '@/room/b';",
  'components/chat/good.ts':
    "import type { AppRouter } from '@/server/router'; import { caller } from '@/server/caller'; import { a } from '@/room/a';",
  'app/good.ts': "import { caller } from '@/server/caller'; import { Page } from '@/components/page';",
  'app/api/good.ts': "import { getApp } from '@/server/app'; import { stream } from '@/server/rooms/stream';",
  'server/rooms/service.ts':
    "import { pay } from '@/server/billing/service'; import type { Media } from '../media/port'; import { find } from './queries'; import type { Db } from '@/db/client';",
  'server/rooms/queries.ts': "import { sql } from 'drizzle-orm'; import { rooms } from '@/db/schema';",
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lectern-lint-'));
  cpSync(path.join(root, '.oxlintrc.json'), path.join(folder, '.oxlintrc.json'));
  for (const [name, text] of Object.entries({ ...forbidden, ...allowed })) {
    mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the linter holds the arrows between the folders, and nothing else', () => {
  const lint = path.join(root, 'node_modules/.bin/oxlint');
  const args = [
    '--disable-nested-config',
    '--format=json',
    '--allow=all',
    '--deny=no-restricted-imports',
    '.',
  ];
  let report: string;
  try {
    report = execFileSync(lint, args, { cwd: folder, encoding: 'utf8' });
  } catch (error) {
    report = String((error as { stdout: unknown }).stdout);
  }
  const { diagnostics } = JSON.parse(report) as { diagnostics: { code: string; filename: string }[] };
  const found = diagnostics
    .filter((one) => one.code.includes('no-restricted-imports'))
    .map((one) => one.filename);
  expect([...new Set(found)].toSorted()).toEqual(Object.keys(forbidden).toSorted());
});
