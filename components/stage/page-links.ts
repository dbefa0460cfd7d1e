import type { PDFDocumentProxy, PDFPageProxy, PageViewport } from 'pdfjs-dist';

/** A link on a page: a box in page units, and an address outside or a page of the document. */
export type PageLink = {
  left: number;
  top: number;
  width: number;
  height: number;
  to: { kind: 'address'; href: string } | { kind: 'page'; page: number };
};

const PROTOCOLS: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

/** The links of a page that may be followed. What runs something, opens a file or sends a form is none. */
export async function readLinks(
  pdf: PDFDocumentProxy,
  page: PDFPageProxy,
  viewport: PageViewport,
): Promise<PageLink[]> {
  const annotations = (await page.getAnnotations({ intent: 'display' })) as readonly Annotation[];
  const links = annotations.map(async (annotation): Promise<PageLink | null> => {
    if (annotation.subtype !== 'Link' || !isBox(annotation.rect)) return null;
    const to = await targetOf(pdf, page, annotation);
    if (!to) return null;
    const [x1, y1] = pointOn(viewport, annotation.rect[0], annotation.rect[1]);
    const [x2, y2] = pointOn(viewport, annotation.rect[2], annotation.rect[3]);
    return {
      left: Math.min(x1, x2),
      top: Math.min(y1, y2),
      width: Math.abs(x2 - x1),
      height: Math.abs(y2 - y1),
      to,
    };
  });
  return (await Promise.all(links)).filter((link) => link !== null);
}

function pointOn(viewport: PageViewport, x = 0, y = 0): [number, number] {
  const [left, top] = viewport.convertToViewportPoint(x, y) as [number, number];
  return [left, top];
}

/** What pdf.js gives, of which it says nothing in types. */
type Annotation = { subtype?: unknown; rect?: unknown; url?: unknown; dest?: unknown; action?: unknown };

async function targetOf(
  pdf: PDFDocumentProxy,
  page: PDFPageProxy,
  { url, dest, action }: Annotation,
): Promise<PageLink['to'] | null> {
  if (typeof url === 'string') {
    const href = URL.canParse(url) ? new URL(url) : null;
    return href && PROTOCOLS.has(href.protocol) ? { kind: 'address', href: href.href } : null;
  }
  const named = pageOfAction(action, page.pageNumber, pdf.numPages);
  const number = named ?? (await pageOfDestination(pdf, dest));
  return number !== null && number >= 1 && number <= pdf.numPages ? { kind: 'page', page: number } : null;
}

function pageOfAction(action: unknown, page: number, last: number): number | null {
  switch (action) {
    case 'NextPage':
      return page + 1;
    case 'PrevPage':
      return page - 1;
    case 'FirstPage':
      return 1;
    case 'LastPage':
      return last;
    default:
      return null;
  }
}

async function pageOfDestination(pdf: PDFDocumentProxy, dest: unknown): Promise<number | null> {
  try {
    const explicit: unknown = typeof dest === 'string' ? await pdf.getDestination(dest) : dest;
    const target: unknown = Array.isArray(explicit) ? explicit[0] : null;
    if (typeof target === 'number') return target + 1;
    if (!isReference(target)) return null;
    return (await pdf.getPageIndex(target)) + 1;
  } catch {
    // A destination that is not in the document leads nowhere.
    return null;
  }
}

function isReference(value: unknown): value is { num: number; gen: number } {
  return typeof value === 'object' && value !== null && 'num' in value && 'gen' in value;
}

function isBox(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.length === 4 && value.every((part) => typeof part === 'number');
}
