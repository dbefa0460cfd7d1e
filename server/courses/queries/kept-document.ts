import { isNull } from 'drizzle-orm';
import { documents } from '@/db/schema';

/** Files that their owner has not deleted. */
export const keptDocument = isNull(documents.deletedAt);
