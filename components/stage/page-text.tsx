'use client';

import './page-text.css';
import { useTranslations } from 'next-intl';
import type { PDFPageProxy, PageViewport } from 'pdfjs-dist';
import { useEffect, useRef, useState } from 'react';
import type { OpenDocument } from '@/room/state';
import type { Marked } from './find-words';
import { type PageGeometry, zoomOf } from './page-geometry';
import { type PageLink, readLinks } from './page-links';
import { placeRegion } from './page-region';
import { openPdf } from './pdf-document';
import { findRanges } from './text-hits';
import type { StageView } from './use-stage-view';

type Props = {
  roomId: string;
  document: OpenDocument;
  geometry: PageGeometry;
  readable: boolean;
  marked: Marked | null;
  view: StageView;
};

/** The words and the links of a page of a PDF, above its picture: to be selected, followed, and marked where they were found. */
export function PageText({ roomId, document, geometry, readable, marked, view }: Props) {
  const t = useTranslations('stage.page');
  const layer = useRef<HTMLDivElement>(null);
  const read = usePdfPage(roomId, document.id, document.page);
  const laidOut = useTextLayer(layer, read);
  useHits(layer, laidOut, marked, geometry, view);
  if (!read) return null;
  const whole = { x: 0, y: 0, width: geometry.width, height: geometry.height };
  return (
    <div
      className="page-text absolute"
      data-readable={readable}
      data-text={laidOut === read ? document.page : undefined}
      style={placeRegion(whole, geometry)}
    >
      <div key={read.page.pageNumber} ref={layer} className="page-text-layer" />
      {read.links.map((link, index) => (
        <Link
          // oxlint-disable-next-line react/no-array-index-key -- the links of a page never change
          key={index}
          link={link}
          label={(page) => t('go', { page })}
          onTurn={view.mayMove ? view.turn : null}
        />
      ))}
    </div>
  );
}

type LinkProps = {
  link: PageLink;
  label: (page: number) => string;
  onTurn: ((page: number) => void) | null;
};

function Link({ link, label, onTurn }: LinkProps) {
  const { to, left, top, width, height } = link;
  const place = { left, top, width, height };
  const look = 'absolute rounded-sm hover:bg-accent/15 focus-visible:bg-accent/15';
  if (to.kind === 'address')
    return (
      <a
        href={to.href}
        title={to.href}
        aria-label={to.href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className={look}
        style={place}
      />
    );
  if (!onTurn) return null;
  const name = label(to.page);
  return (
    <button
      type="button"
      title={name}
      aria-label={name}
      onClick={() => onTurn(to.page)}
      className={look}
      style={place}
    />
  );
}

type ReadPage = { page: PDFPageProxy; viewport: PageViewport; links: readonly PageLink[] };

function usePdfPage(roomId: string, documentId: string, number: number): ReadPage | null {
  const [read, setRead] = useState<ReadPage | null>(null);
  useEffect(() => {
    const stopping = new AbortController();
    const load = async () => {
      const pdf = await openPdf(roomId, documentId);
      const page = await pdf.getPage(number);
      const viewport = page.getViewport({ scale: 1 });
      const links = await readLinks(pdf, page, viewport);
      if (!stopping.signal.aborted) setRead({ page, viewport, links });
    };
    // The page is seen all the same.
    load().catch((error: unknown) => console.warn('The text of the page was not read', error));
    return () => stopping.abort();
  }, [roomId, documentId, number]);
  return read?.page.pageNumber === number ? read : null;
}

/** Lays the text out; gives what is laid out once it is. */
function useTextLayer(layer: React.RefObject<HTMLDivElement | null>, read: ReadPage | null): ReadPage | null {
  const [laidOut, setLaidOut] = useState<ReadPage | null>(null);
  useEffect(() => {
    const container = layer.current;
    if (!read || !container) return undefined;
    let cancel: (() => void) | null = null;
    let stopped = false;
    const lay = async () => {
      const { TextLayer } = await import('pdfjs-dist');
      if (stopped) return;
      container.replaceChildren();
      const textContentSource = read.page.streamTextContent();
      const text = new TextLayer({ textContentSource, container, viewport: read.viewport });
      cancel = () => text.cancel();
      await text.render();
      if (!stopped) setLaidOut(read);
    };
    lay().catch((error: unknown) => {
      if (!stopped) console.warn('The text of the page was not laid out', error);
    });
    return () => {
      stopped = true;
      cancel?.();
    };
  }, [layer, read]);
  return laidOut === read ? laidOut : null;
}

/** Marks what was found, and brings the hit that is looked at into sight. */
function useHits(
  layer: React.RefObject<HTMLDivElement | null>,
  laidOut: ReadPage | null,
  marked: Marked | null,
  geometry: PageGeometry,
  view: StageView,
) {
  const { words = '', current = null } = marked ?? {};
  const latest = useRef({ geometry, view });
  useEffect(() => {
    latest.current = { geometry, view };
  });
  useEffect(() => {
    if (!laidOut || !layer.current || !words) return undefined;
    const ranges = findRanges(layer.current, words);
    const hit = current === null ? undefined : (ranges[current] ?? ranges.at(-1));
    CSS.highlights.set('page-hits', new Highlight(...ranges.filter((range) => range !== hit)));
    CSS.highlights.set('page-hit', new Highlight(...(hit ? [hit] : [])));
    if (hit) bringIntoSight(hit, layer.current, latest.current);
    return () => {
      CSS.highlights.delete('page-hits');
      CSS.highlights.delete('page-hit');
    };
  }, [layer, laidOut, words, current]);
}

/** Moves a zoomed page so that a range is in the middle, unless it is seen already. */
function bringIntoSight(
  range: Range,
  layer: HTMLElement,
  { geometry, view }: { geometry: PageGeometry; view: StageView },
) {
  const span = range.startContainer.parentElement;
  const { viewport } = view;
  if (!span || !viewport || zoomOf(viewport) <= 1) return;
  const x = (span.offsetLeft + span.offsetWidth / 2) / geometry.width;
  const y = (span.offsetTop + span.offsetHeight / 2) / geometry.height;
  const seen =
    x > viewport.x && x < viewport.x + viewport.width && y > viewport.y && y < viewport.y + viewport.height;
  if (seen || layer.dataset.mainRotation !== '0') return;
  const within = (at: number, length: number) => Math.min(1 - length, Math.max(0, at - length / 2));
  view.move({ ...viewport, x: within(x, viewport.width), y: within(y, viewport.height) });
}
