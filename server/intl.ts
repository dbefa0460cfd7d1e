import { getRequestConfig } from 'next-intl/server';
import messages from '@/messages/en.json';

/** The language of a request. English is complete; other languages are added beside `messages/en.json`. */
export default getRequestConfig(() => Promise.resolve({ locale: 'en', messages, timeZone: 'UTC' }));
