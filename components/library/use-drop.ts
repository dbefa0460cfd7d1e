import { type DragEvent, useState } from 'react';
import type { ItemIds } from './items';

const ITEMS = 'application/x-lectern-items';

/** Puts files and folders of the library on the pointer. */
export function dragItems(event: DragEvent, ids: ItemIds, label: string): void {
  event.dataTransfer.effectAllowed = 'move';
  event.dataTransfer.setData(ITEMS, JSON.stringify(ids));
  event.dataTransfer.setData('text/plain', label);
}

type Drop = {
  onFiles: (data: DataTransfer) => void;
  /** Absent where nothing of the library can be dropped. */
  onItems?: (ids: ItemIds) => void;
};

/** A place where files of the computer, or of the library, are dropped. Entering a child leaves the parent, so the depth is counted. */
export function useDrop({ onFiles, onItems }: Drop) {
  const [depth, setDepth] = useState(0);
  const takes = ({ dataTransfer: { types } }: DragEvent) =>
    types.includes('Files') || (onItems !== undefined && types.includes(ITEMS));
  const handlers = {
    onDragEnter: (event: DragEvent) => {
      if (takes(event)) setDepth((at) => at + 1);
    },
    onDragLeave: (event: DragEvent) => {
      if (takes(event)) setDepth((at) => Math.max(0, at - 1));
    },
    onDragOver: (event: DragEvent) => {
      if (!takes(event)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    onDrop: (event: DragEvent) => {
      setDepth(0);
      if (!takes(event)) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.dataTransfer.types.includes('Files')) onFiles(event.dataTransfer);
      else onItems?.(JSON.parse(event.dataTransfer.getData(ITEMS)) as ItemIds);
    },
  };
  return { over: depth > 0, handlers };
}
