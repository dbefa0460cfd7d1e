import { trpc } from '@/components/trpc';
import { libraryChanged } from './library-signal';
import { sendFiles } from './uploads/uploads';
import type { UploadTarget } from './uploads/upload-file';

/** Sends what was dropped from the computer. Folders become folders, with what is in them. */
export async function sendDropped(data: DataTransfer, target: UploadTarget): Promise<void> {
  // Read at once: after the first wait the browser gives nothing any more.
  const entries = [...data.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const directories = entries.filter((entry) => entry instanceof FileSystemDirectoryEntry);
  if (directories.length === 0) return sendFiles(data.files, target);
  const names = new Set(directories.map(({ name }) => name));
  sendFiles(
    [...data.files].filter((file) => !names.has(file.name)),
    target,
  );
  for (const directory of directories) await sendDirectory(directory, target);
}

async function sendDirectory(directory: FileSystemDirectoryEntry, target: UploadTarget): Promise<void> {
  const folderId = await folderFor(directory.name, target.folderId);
  libraryChanged();
  const inside = { ...target, folderId };
  const entries = await entriesOf(directory);
  const files = entries.filter((entry) => entry instanceof FileSystemFileEntry);
  sendFiles(await Promise.all(files.map(fileOf)), inside);
  for (const entry of entries)
    if (entry instanceof FileSystemDirectoryEntry) await sendDirectory(entry, inside);
}

/** The folder of this name in its place: the one that is there, or a new one. */
async function folderFor(name: string, parentId: string | null): Promise<string> {
  const all = await trpc.library.folders.query();
  const there = all.find(
    (folder) => folder.parentId === parentId && folder.name.toLowerCase() === name.toLowerCase(),
  );
  return there?.id ?? (await trpc.library.createFolder.mutate({ name, parentId })).id;
}

async function entriesOf(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader();
  const entries: FileSystemEntry[] = [];
  for (;;) {
    // It gives some at a time, and none at its end.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return entries;
    entries.push(...some);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}
