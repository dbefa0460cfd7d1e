import { migrateDatabase } from './stack/migrate';

const url = process.env.DATABASE_URL;
if (!url) throw new Error('DATABASE_URL is not set: nothing to migrate.');
await migrateDatabase(url);
console.log('The database has the newest schema.');
