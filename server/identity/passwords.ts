import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** Argon2id is the library's default algorithm; the costs are OWASP's first recommendation (19 MiB, two passes). */
const COSTS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The same password typed on different systems must hash the same. */
const asTyped = (password: string) => password.normalize('NFKC');

/** Hashes a password as an Argon2id PHC string. */
export function hashPassword(password: string): Promise<string> {
  return hash(asTyped(password), COSTS);
}

let decoy: Promise<string> | undefined;

/**
 * Whether the password belongs to the hash. Without a hash (nobody has that e-mail) the same work is done in vain, so that
 * the time of the answer does not tell who has an account.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const unknown = await (decoy ??= hashPassword(randomBytes(16).toString('hex')));
  const matches = await verify(passwordHash ?? unknown, asTyped(password));
  return matches && passwordHash !== null;
}
