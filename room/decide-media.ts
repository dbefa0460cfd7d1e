import type { CommandBody } from './commands';
import { type DecideContext, type Decision, NOTHING, refuse, toAll } from './decision';
import type { EventBody } from './events';
import { MAX_MEDIA_QUEUE } from './limits';
import { endsAt, type MediaChange, type MediaItem, NO_MEDIA, type Playing, positionAt } from './media';
import type { RoomState } from './state';

type MediaCommand = Extract<CommandBody, { type: `media.${string}` }>;

/** What a presenter's command about media becomes. Who may, `decide` has asked. */
export function decideMedia(state: RoomState, ctx: DecideContext, command: MediaCommand): Decision {
  const { playing, queue, generation } = state.media ?? NO_MEDIA;
  switch (command.type) {
    case 'media.load': {
      const item = known(ctx, command.payload.item);
      if (!item) return refuse('NOT_FOUND');
      const { positionMs, paused } = command.payload;
      return toAll(...loading(state, { item, positionMs, paused, generation: generation + 1 }));
    }
    case 'media.queue': {
      const item = known(ctx, command.payload.item);
      if (!item) return refuse('NOT_FOUND');
      if (queue.some(({ id }) => id === item.id)) return NOTHING;
      if (queue.length >= MAX_MEDIA_QUEUE) return refuse('TOO_LARGE');
      return toAll({ type: 'media.queued', payload: { item } });
    }
    case 'media.unqueue':
      return queue.some(({ id }) => id === command.payload.itemId)
        ? toAll({ type: 'media.unqueued', payload: command.payload })
        : NOTHING;
    default:
      // A command that was meant for what played before does nothing to what plays now.
      return playing?.generation === command.payload.generation
        ? decidePlaying(state, ctx, playing, command)
        : refuse('MEDIA_MOVED_ON');
  }
}

type PlayingCommand = Exclude<MediaCommand, { type: 'media.load' | 'media.queue' | 'media.unqueue' }>;

function decidePlaying(
  state: RoomState,
  ctx: DecideContext,
  playing: Playing,
  command: PlayingCommand,
): Decision {
  switch (command.type) {
    case 'media.play': {
      if (!playing.paused) return NOTHING;
      const over = playing.durationMs !== null && playing.positionMs >= playing.durationMs;
      return change(playing, { paused: false, positionMs: over ? 0 : null });
    }
    case 'media.pause':
      return playing.paused ? NOTHING : change(playing, { paused: true });
    case 'media.seek':
      return change(playing, { positionMs: command.payload.positionMs });
    case 'media.rate':
      return playing.rate === command.payload.rate
        ? NOTHING
        : change(playing, { rate: command.payload.rate });
    case 'media.next':
      return goOn(state, playing, positionAt(playing, ctx.now));
    case 'media.stop':
      return toAll({ type: 'media.stopped', payload: command.payload });
    case 'media.measure':
      // The first player that says so is believed: two that differ would go back and forth.
      return playing.durationMs === null && command.payload.durationMs > 0
        ? toAll({ type: 'media.measured', payload: command.payload })
        : NOTHING;
    default:
      return command satisfies never;
  }
}

/** What plays has come to its end, as the server sees it: decided once, whoever notices. */
export function decideMediaEnd(state: RoomState, generation: number, now: number): Decision {
  const playing = state.media?.playing;
  if (playing?.generation !== generation) return NOTHING;
  const end = endsAt(playing);
  return end !== null && end <= now ? goOn(state, playing, playing.durationMs ?? 0) : NOTHING;
}

/** The next one of the queue, or a rest at `positionMs`. */
function goOn(state: RoomState, playing: Playing, positionMs: number): Decision {
  const [next] = (state.media ?? NO_MEDIA).queue;
  if (!next) return playing.paused ? NOTHING : change(playing, { paused: true, positionMs });
  const { generation } = playing;
  return toAll(
    { type: 'media.unqueued', payload: { itemId: next.id } },
    ...loading(state, {
      item: next,
      positionMs: next.startMs ?? 0,
      paused: false,
      generation: generation + 1,
    }),
  );
}

function loading(
  state: RoomState,
  payload: Extract<EventBody, { type: 'media.loaded' }>['payload'],
): EventBody[] {
  const loaded: EventBody = { type: 'media.loaded', payload };
  return state.stage.kind === 'media'
    ? [loaded]
    : [loaded, { type: 'stage.shown', payload: { stage: { kind: 'media' } } }];
}

/** A file is called what the library calls it, and is there for who asks. */
function known(ctx: DecideContext, item: MediaItem): MediaItem | null {
  if (item.source.kind !== 'file') return item;
  const facts = ctx.documents.get(item.source.documentId);
  return facts?.plays ? { ...item, title: facts.title } : null;
}

function change({ generation }: Playing, what: Partial<MediaChange>): Decision {
  const unchanged: MediaChange = { positionMs: null, rate: null, paused: null };
  return toAll({ type: 'media.changed', payload: { generation, ...unchanged, ...what } });
}
