import {
  File,
  FileImage,
  FileMusic,
  FileSpreadsheet,
  FileText,
  FileType,
  FileVideo,
  type LucideIcon,
  Presentation,
} from 'lucide-react';
import { type FileKind, kindOf } from './file-kind';

const ICONS: Record<FileKind, LucideIcon> = {
  pdf: FileText,
  presentation: Presentation,
  spreadsheet: FileSpreadsheet,
  text: FileType,
  picture: FileImage,
  sound: FileMusic,
  film: FileVideo,
  other: File,
};

/** What kind of file it is, where there is no picture of it. */
export function FileIcon({ mimeType, size = 22 }: { mimeType: string; size?: number }) {
  const Icon = ICONS[kindOf(mimeType)];
  return <Icon size={size} aria-hidden className="text-ink-3" />;
}
