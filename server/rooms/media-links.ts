import type { CommandBody, RefusalCode } from '@/room/commands';
import { isPresenting } from '@/room/roles';
import type { App } from '../app';
import type { Participant } from './people';

const REFUSALS = {
  private: 'LINK_PRIVATE',
  unreachable: 'LINK_UNREACHABLE',
  'not-media': 'LINK_NOT_MEDIA',
  broadcast: 'LINK_BROADCAST',
} as const satisfies Record<string, RefusalCode>;

/**
 * Looks at the address that a command would play for everyone (M8); null: there is none, or it may be played. Only for who might
 * play it: nobody else has this server ask anybody.
 */
export async function refuseLink(
  app: Pick<App, 'web' | 'env'>,
  { role }: Participant,
  body: CommandBody,
): Promise<RefusalCode | null> {
  if (body.type !== 'media.load' && body.type !== 'media.queue') return null;
  const { source } = body.payload.item;
  if (source.kind !== 'link' || !isPresenting(role)) return null;
  const found = await app.web.look(source.url);
  if (!found.ok) return REFUSALS[found.why];
  // A page plays nothing that comes without encryption; inside of a school's own network that may be all there is.
  return source.url.startsWith('http:') && !app.env.LECTERN_PRIVATE_LINKS ? 'LINK_NOT_SECURE' : null;
}
