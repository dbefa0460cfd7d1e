import type postgres from 'postgres';
import { through } from './through';

/** Statements with more are lists, of which each length would be one more for Postgres to keep. */
const MOST_PARAMETERS = 20;

/**
 * The same client, whose connections prepare the statements that drizzle sends and know them by name from then on: drizzle
 * leaves that off, and then each is sent twice, described, parsed and planned anew every time.
 */
export function prepared(client: postgres.Sql): postgres.Sql {
  return through(client, (send, statement, parameters, ...rest) =>
    Array.isArray(parameters) && parameters.length > 0 && parameters.length <= MOST_PARAMETERS
      ? send(statement, parameters, { prepare: true })
      : send(statement, parameters, ...rest),
  );
}
