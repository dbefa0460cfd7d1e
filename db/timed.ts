import type postgres from 'postgres';

/** Hears of a statement when it is sent; what it gives is called when the answer is there, with the ms that it took. */
export type QueryListener = (statement: string) => (ms: number) => void;

/** The same client, which tells of every statement that drizzle sends through it, in transactions too. Never of parameters. */
export function timed<Client extends postgres.Sql | postgres.TransactionSql>(
  client: Client,
  heard: QueryListener,
): Client {
  const within = (args: readonly unknown[]) =>
    args.map((arg) =>
      typeof arg === 'function'
        ? (inner: postgres.TransactionSql) => (arg as (sql: unknown) => unknown)(timed(inner, heard))
        : arg,
    );
  return new Proxy(client, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      if (name === 'unsafe') {
        return (statement: string, ...rest: unknown[]) =>
          timedQuery(Reflect.apply(value, target, [statement, ...rest]) as object, () => heard(statement));
      }
      if (name === 'begin' || name === 'savepoint')
        return (...args: unknown[]) => Reflect.apply(value, target, within(args)) as unknown;
      return value;
    },
  });
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
