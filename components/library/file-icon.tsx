import {
  File,
  FileImage,
  FileMusic,
  FileSpreadsheet,
  FileText,
  FileType,
  FileVideo,
  Presentation,
} from 'lucide-react';
import { createElement } from 'react';

/** What kind of file it is, where there is no picture of it. */
export function FileIcon({ mimeType, size = 22 }: { mimeType: string; size?: number }) {
  return createElement(iconOf(mimeType), { size, 'aria-hidden': true, className: 'text-ink-3' });
}

function iconOf(mimeType: string) {
  if (mimeType.startsWith('image/')) return FileImage;
  if (mimeType.startsWith('audio/')) return FileMusic;
  if (mimeType.startsWith('video/')) return FileVideo;
  if (/presentation|powerpoint/.test(mimeType)) return Presentation;
  if (/spreadsheet|excel|csv/.test(mimeType)) return FileSpreadsheet;
  if (/word|opendocument\.text|rtf|text\//.test(mimeType)) return FileType;
  return mimeType === 'application/pdf' ? FileText : File;
}
