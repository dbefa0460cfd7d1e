'use client';

import { type RefObject, useMemo } from 'react';
import type { OpenDocument, Viewport } from '@/room/state';
import { type Size, useSize } from '../classroom/use-size';
import { type PagesOnStage, useDocumentPages } from './document-pages';
import { type PageGeometry, placePage } from './page-geometry';

/** A document's page as it lies on this viewer's stage. Sizes are null until they are known. */
export type Sheet = {
  pages: PagesOnStage;
  /** The stage, in CSS pixels. */
  stage: Size | null;
  /** The page, in page units. */
  page: Size | null;
  geometry: PageGeometry | null;
};

/** Where the shown page of a document lies in `frame`. */
export function useSheet(
  frame: RefObject<HTMLElement | null>,
  roomId: string,
  document: OpenDocument,
  viewport: Viewport | null,
): Sheet {
  const stage = useSize(frame);
  const pages = useDocumentPages(roomId, document.id, document.page);
  const facts = pages.kind === 'ready' ? pages.document.pageAt(document.page) : null;
  const { width = 0, height = 0 } = facts ?? {};
  const page = useMemo(() => (width > 0 ? { width, height } : null), [width, height]);
  const { rotation = 0 } = document;
  // What is drawn from the geometry is drawn anew when it changes, and not whenever something else in the room does, or at each page.
  const geometry = useMemo(
    () => (stage && stage.width > 0 && page ? placePage(page, stage, viewport, rotation) : null),
    [stage, page, viewport, rotation],
  );
  return { pages, stage, page, geometry };
}
