'use client';

import CaptionsDialog from '@/components/player/captions-dialog';
import type { Item } from './items';
import { MoveDialog } from './move-dialog';
import { PreviewDialog } from './preview-dialog';
import { ShareDialog } from './share-dialog';
import type { Asked } from './use-item-work';

type Props = {
  asked: Asked;
  folderId: string | null;
  onDownload: (item: Item) => void;
  onMove: (items: readonly Item[], to: string | null) => void;
  onClose: () => void;
};

/** The windows of the library. Loaded when the first one is opened. */
export default function ItemDialogs({ asked, folderId, onDownload, onMove, onClose }: Props) {
  if (asked.kind === 'move') {
    const { items } = asked;
    return <MoveDialog items={items} from={folderId} onMove={(to) => onMove(items, to)} onClose={onClose} />;
  }
  const { item } = asked;
  if (asked.kind === 'preview') {
    return <PreviewDialog document={item.document} onDownload={() => onDownload(item)} onClose={onClose} />;
  }
  const { id, name, document } = item;
  if (asked.kind === 'captions') return <CaptionsDialog film={document} onClose={onClose} />;
  return <ShareDialog documentId={id} name={name} shared={document.shared} onClose={onClose} />;
}
