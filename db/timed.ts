import type postgres from 'postgres';
import { through } from './through';

/** Hears of a statement when it is sent; what it gives is called when the answer is there, with the ms that it took. */
export type QueryListener = (statement: string) => (ms: number) => void;

/** The same client, which tells of every statement that drizzle sends through it, in transactions too. Never of parameters. */
export function timed(client: postgres.Sql, heard: QueryListener): postgres.Sql {
  return through(client, (send, statement, ...rest) =>
    timedQuery(send(statement, ...rest), () => heard(statement)),
  );
}

/** A statement is sent when somebody waits for it: its time counts from then. */
function timedQuery(query: object, sent: () => (ms: number) => void): object {
  const proxy: object = new Proxy(query, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      if (name !== 'then') {
        return (...args: unknown[]) => {
          const result: unknown = Reflect.apply(value, target, args);
          return result === target ? proxy : result;
        };
      }
      return (resolve: (rows: unknown) => unknown, reject: (error: unknown) => unknown) => {
        const started = performance.now();
        const answered = sent();
        const done = () => answered(performance.now() - started);
        const settle = (next: (result: unknown) => unknown) => (result: unknown) => {
          done();
          return next(result);
        };
        return Reflect.apply(value, target, [settle(resolve), settle(reject)]) as unknown;
      };
    },
  });
  return proxy;
}
