import type { App } from '../app';

/** The address at which an offer is booked. */
export const offerUrl = ({ env }: Pick<App, 'env'>, slug: string): string =>
  new URL(`/book/${slug}`, env.LECTERN_URL).href;
