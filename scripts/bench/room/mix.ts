import type { CommandBody } from '@/room/commands';

/** Numbers in [0, 1) that are the same at every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Three of four are strokes of 20 to 60 points (1 to 3 KB), the rest is chat. */
export function nextCommand(boardId: string, random: () => number): CommandBody {
  if (random() < 0.25) {
    const words = 4 + Math.floor(random() * 16);
    return { type: 'chat.send', payload: { text: 'moonlit '.repeat(words).trim(), to: null } };
  }
  return {
    type: 'board.change',
    payload: { boardId, layer: 'shared', put: [stroke(random)], removed: [], stroke: null },
  };
}

/** A stroke as tldraw writes it. */
export function stroke(random: () => number) {
  const points: { x: number; y: number; z: number }[] = [];
  const count = 20 + Math.floor(random() * 41);
  let x = 0;
  let y = 0;
  for (let index = 0; index < count; index++) {
    points.push({ x: Math.round(x * 100) / 100, y: Math.round(y * 100) / 100, z: 0.5 });
    x += random() * 6;
    y += random() * 6 - 3;
  }
  const id = Array.from({ length: 5 }, () => Math.floor(random() * 36 ** 4).toString(36)).join('');
  return {
    id: `shape:${id}`,
    typeName: 'shape',
    type: 'draw',
    x: Math.round(random() * 1200),
    y: Math.round(random() * 700),
    rotation: 0,
    index: 'a1',
    parentId: 'page:page',
    isLocked: false,
    opacity: 1,
    meta: {},
    props: {
      color: 'black',
      fill: 'none',
      dash: 'draw',
      size: 'm',
      segments: [{ type: 'free', points }],
      isComplete: true,
      isClosed: false,
      isPen: false,
      scale: 1,
    },
  };
}
