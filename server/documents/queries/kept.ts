import { isNull } from 'drizzle-orm';
import { documents } from '@/db/schema';

/** Documents that are not deleted. */
export const kept = isNull(documents.deletedAt);
