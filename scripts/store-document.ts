import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { Readable } from 'node:stream';
import { eq } from 'drizzle-orm';
import { connectDatabase } from '@/db/client';
import { documentPages, documents, users } from '@/db/schema';
import { localStorage } from '@/server/adapters/storage/local';

const A4 = { width: 595, height: 842 };

/**
 * Puts a PDF of A4 pages into somebody's library as it is before any picture of its pages is made: what a document of 10,000 pages
 * is for a long while. `env` is the stack's; `textOf` is what was read on a page.
 */
export async function storeDocument(
  env: Readonly<Record<string, string | undefined>>,
  email: string,
  { name, bytes, pageCount }: { name: string; bytes: Buffer; pageCount: number },
  textOf: (page: number) => string | null = () => null,
): Promise<string> {
  const { db, sql } = connectDatabase(env.DATABASE_URL ?? '', 1);
  const [documentId, key] = [randomUUID(), randomUUID()];
  try {
    await localStorage(path.join(env.LECTERN_STATE_DIR ?? '', 'files')).put(key, Readable.from([bytes]));
    const [owner] = await db.select({ id: users.id }).from(users).where(eq(users.email, email));
    await db.insert(documents).values({
      id: documentId,
      ownerId: owner?.id ?? '',
      name,
      mimeType: 'application/pdf',
      bytes: bytes.length,
      storageKey: key,
      pagesKey: key,
      pagesBytes: bytes.length,
      status: 'ready',
      pageCount,
    });
    for (let first = 1; first <= pageCount; first += 1000) {
      const rows = Array.from({ length: Math.min(1000, pageCount - first + 1) }, (_, index) => ({
        documentId,
        page: first + index,
        ...A4,
        text: textOf(first + index),
      }));
      await db.insert(documentPages).values(rows);
    }
  } finally {
    await sql.end();
  }
  return documentId;
}
