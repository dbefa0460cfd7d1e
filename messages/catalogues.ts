import de from './de.json';
import en from './en.json';
import es from './es.json';
import type { Locale } from './locales';
import uk from './uk.json';

/** Every sentence in every language: for the server alone, a browser is sent one of them. */
export const CATALOGUES: Record<Locale, typeof en> = { en, de, es, uk };
