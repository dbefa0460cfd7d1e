import { useEffect, useState } from 'react';
import type { RoomLog } from '@/components/room-log/types';
import { type BoardRecord, foldBoard, type Layer } from '@/room/boards';

/** The records of a layer, such as one person's copy, as they are drawn: a new array whenever something changed, at most once a frame. */
export function useCopy(log: RoomLog, boardId: string, layer: Layer): readonly BoardRecord[] | null {
  const [records, setRecords] = useState<readonly BoardRecord[] | null>(null);
  useEffect(() => {
    const known = new Map<string, BoardRecord>();
    const feed = log.board(boardId, layer);
    let frame = 0;
    let open = true;
    const tell = () => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        setRecords([...known.values()]);
      });
    };
    void feed
      .open((change) => {
        foldBoard(known, change);
        tell();
      })
      .then((first) => {
        if (!open) return;
        for (const record of first) if (!known.has(record.id)) known.set(record.id, record);
        tell();
      });
    return () => {
      open = false;
      feed.close();
      cancelAnimationFrame(frame);
    };
  }, [log, boardId, layer]);
  return records;
}
