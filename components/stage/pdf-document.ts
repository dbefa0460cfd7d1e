import { trpc } from '@/components/trpc';
// Types alone: pdf.js is fetched when a page needs more than its picture.
import type { PDFDocumentProxy } from 'pdfjs-dist';

const ASSETS = '/vendor/pdfjs';
const CHUNK_BYTES = 256 * 1024;
/** A range is asked for again with a new address when the old one has ended. */
const RANGE_TRIES = 3;

type Source = Awaited<ReturnType<typeof trpc.documents.original.query>>;

const opened = new Map<string, Promise<PDFDocumentProxy>>();

/**
 * Opens the PDF of a document that is open in the room, reading only the parts that its pages need. Opened once for all pages; fails as the
 * network or the server's refusal does, and then may be tried again.
 */
export function openPdf(roomId: string, documentId: string): Promise<PDFDocumentProxy> {
  const key = `${roomId}/${documentId}`;
  const known = opened.get(key);
  if (known) return known;
  const opening = open(roomId, documentId, () => opened.delete(key));
  opened.set(key, opening);
  opening.catch(() => opened.delete(key));
  return opening;
}

/** The next one who needs it opens it anew: its file is another one. Who has it open draws with it until then. */
export function forgetPdf(roomId: string, documentId: string): void {
  opened.delete(`${roomId}/${documentId}`);
}

async function open(roomId: string, documentId: string, onLost: () => void): Promise<PDFDocumentProxy> {
  const ask = () => trpc.documents.original.query({ roomId, documentId });
  const [pdfjs, source] = await Promise.all([import('pdfjs-dist'), ask()]);
  pdfjs.GlobalWorkerOptions.workerSrc = `${ASSETS}/pdf.worker.min.mjs`;
  const readRange = rangeReader(source, ask);
  const ranges = new pdfjs.PDFDataRangeTransport(source.bytes, null);
  const task = pdfjs.getDocument({
    range: ranges,
    rangeChunkSize: CHUNK_BYTES,
    disableAutoFetch: true,
    disableStream: true,
    cMapUrl: `${ASSETS}/cmaps/`,
    standardFontDataUrl: `${ASSETS}/standard_fonts/`,
    wasmUrl: `${ASSETS}/wasm/`,
    iccUrl: `${ASSETS}/iccs/`,
    enableXfa: false,
  });
  ranges.requestDataRange = (begin, end) => {
    readRange(begin, end).then(
      (bytes) => ranges.onDataRange(begin, bytes),
      // pdf.js waits for a range for ever: without it the document is of no use.
      () => {
        onLost();
        void task.destroy();
      },
    );
  };
  return task.promise;
}

function rangeReader(first: Source, askAgain: () => Promise<Source>) {
  let source = first;
  return async (begin: number, end: number): Promise<Uint8Array> => {
    for (let tries = 1; ; tries += 1) {
      const response = await fetch(source.url, { headers: { range: `bytes=${begin}-${end - 1}` } });
      if (response.ok) return new Uint8Array(await response.arrayBuffer());
      if (tries === RANGE_TRIES) throw new Error(`The file answered ${response.status}`);
      source = await askAgain();
    }
  };
}
