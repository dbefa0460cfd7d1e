import type postgres from 'postgres';

/** Sends a statement with parameters; what it gives is waited for. */
type Send = (statement: string, ...rest: unknown[]) => object;

/** The same client, in which every statement that drizzle sends goes through `pass`, in transactions too. */
export function through<Client extends postgres.Sql | postgres.TransactionSql>(
  client: Client,
  pass: (send: Send, statement: string, ...rest: unknown[]) => object,
): Client {
  const within = (args: readonly unknown[]) =>
    args.map((arg) =>
      typeof arg === 'function'
        ? (inner: postgres.TransactionSql) => (arg as (sql: unknown) => unknown)(through(inner, pass))
        : arg,
    );
  return new Proxy(client, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      if (name === 'unsafe') {
        const send: Send = (...args) => Reflect.apply(value, target, args) as object;
        return (statement: string, ...rest: unknown[]) => pass(send, statement, ...rest);
      }
      if (name === 'begin' || name === 'savepoint')
        return (...args: unknown[]) => Reflect.apply(value, target, within(args)) as unknown;
      return value;
    },
  });
}
