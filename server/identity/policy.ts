import { z } from 'zod';
import { cleanName } from '../clean-name';
import { zoneInput } from '../zone-input';

/** Longest name of a person, in characters as Unicode counts them. */
export const MAX_NAME_LENGTH = 60;
export const MIN_PASSWORD_LENGTH = 10;
/** Beyond this a password is no safer, only dearer to hash. */
export const MAX_PASSWORD_LENGTH = 200;

/** An e-mail address as it is kept and looked for. */
export function cleanEmail(raw: string): string {
  return raw.normalize('NFKC').trim().toLowerCase();
}

export const nameInput = z
  .string()
  .max(500)
  .transform(cleanName)
  .refine((name) => name.length > 0 && Array.from(name).length <= MAX_NAME_LENGTH);

export const emailInput = z.string().max(254).transform(cleanEmail).pipe(z.email().max(254));

export const passwordInput = z.string().min(MIN_PASSWORD_LENGTH).max(MAX_PASSWORD_LENGTH);

/** The zone of somebody's clock, as the browser has it: what we don't know is left open. */
const zone = z.nullish(zoneInput).catch(null);

export const signUpInput = z.strictObject({
  email: emailInput,
  name: nameInput,
  password: passwordInput,
  timeZone: zone,
});
export type SignUp = z.input<typeof signUpInput>;

export const accountInput = z.strictObject({ name: nameInput, timeZone: zoneInput });
export type AccountChange = z.infer<typeof accountInput>;
