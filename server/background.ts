import { getApp } from './app';
import { startMediaWatch } from './media/watch';

/** What the web process does by itself for as long as it runs. */
export function startBackground(): void {
  startMediaWatch(getApp());
}
