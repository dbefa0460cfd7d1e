import type { BoardRecord } from '@/room/boards';
import type { CommandBody } from '@/room/commands';
import { packRecord } from '@/room/packed-strokes';
import type { Random } from '../../faults/random';
import { strokeRecord } from '@/room/stroke-fixture';

/** Three of four are strokes of 20 to 60 points, packed as browsers do (0.5 to 0.8 KB), the rest is chat. */
export function nextCommand(boardId: string, random: Random): CommandBody {
  if (random.chance(0.25)) {
    const text = 'moonlit '.repeat(random.between(4, 20)).trim();
    return { type: 'chat.send', payload: { text, to: null } };
  }
  return drawOn(boardId, random);
}

/** One stroke of a hand that goes to the right. */
export function drawOn(boardId: string, random: Random): CommandBody {
  const payload = {
    boardId,
    layer: 'shared',
    put: [packRecord(randomStroke(random))],
    removed: [],
    stroke: null,
  };
  return { type: 'board.change', payload };
}

function randomStroke(random: Random): BoardRecord {
  const points: { x: number; y: number; z: number }[] = [];
  let x = 0;
  let y = 0;
  for (let count = random.between(20, 60); count > 0; count--) {
    points.push({ x: Math.round(x * 100) / 100, y: Math.round(y * 100) / 100, z: 0.5 });
    x += random.next() * 6;
    y += random.next() * 6 - 3;
  }
  const at = { x: random.between(0, 1200), y: random.between(0, 700) };
  return strokeRecord(`shape:${random.uuid()}`, at, points);
}
