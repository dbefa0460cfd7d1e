import { getAssetUrls } from '@tldraw/assets/selfHosted';
import { BoardFailure } from './board-failure';
import './internal-exports';
import { ShapeIndicators } from './shape-indicators';
import {
  ArrowShapeTool,
  ArrowShapeUtil,
  atom,
  createTLStore,
  createTLUser,
  DrawShapeTool,
  DrawShapeUtil,
  defaultAddFontsFromNode,
  defaultBindingUtils,
  EraserTool,
  GeoShapeTool,
  GeoShapeUtil,
  HandTool,
  HighlightShapeTool,
  HighlightShapeUtil,
  LaserTool,
  LineShapeTool,
  LineShapeUtil,
  NoteShapeTool,
  NoteShapeUtil,
  SelectTool,
  type TLEditorComponents,
  TldrawHandles,
  TldrawOverlays,
  TldrawScribble,
  TldrawSelectionForeground,
  type TLTextOptions,
  type TLUserPreferences,
  TextShapeTool,
  TextShapeUtil,
  tipTapDefaultExtensions,
} from 'tldraw';

/** The whitelist of the record check (server/rooms/board-records.ts): no frames, embeds, bookmarks, pictures or videos. */
export const shapeUtils = [
  DrawShapeUtil,
  // Over a document what is marked must stay readable; tldraw's own 0.82 is made for an empty canvas.
  HighlightShapeUtil.configure({ underlayOpacity: 0.35, overlayOpacity: 0.15 }),
  GeoShapeUtil,
  LineShapeUtil,
  ArrowShapeUtil,
  TextShapeUtil,
  NoteShapeUtil,
];
export const bindingUtils = defaultBindingUtils;
export const tools = [
  SelectTool,
  HandTool,
  EraserTool,
  DrawShapeTool,
  HighlightShapeTool,
  GeoShapeTool,
  LineShapeTool,
  ArrowShapeTool,
  TextShapeTool,
  NoteShapeTool,
  LaserTool,
];

/** Links are refused by the room: without the extension a pasted address stays text. */
export const textOptions: TLTextOptions = {
  addFontsFromNode: defaultAddFontsFromNode,
  tipTapConfig: { extensions: tipTapDefaultExtensions.filter((extension) => extension.name !== 'link') },
};

/** Everything from our own origin; `npm run dev` and the build copy it there. */
export const assetUrls = getAssetUrls({ baseUrl: '/vendor/tldraw/' });

/** What tldraw's own interface would load; handles and notes only need its words, in English until there are more. */
export const uiAssetUrls = {
  fonts: {},
  icons: {},
  embedIcons: {},
  translations: { en: assetUrls.translations.en },
};

export const components: TLEditorComponents = {
  ErrorFallback: BoardFailure,
  Background: null,
  Grid: null,
  LoadingScreen: null,
  Spinner: null,
  Scribble: TldrawScribble,
  ShapeIndicators,
  SelectionForeground: TldrawSelectionForeground,
  Handles: TldrawHandles,
  Overlays: TldrawOverlays,
};

export const options = { createTextOnCanvasDoubleClick: false, maxPages: 1 };

/** The stage moves the page; tldraw's camera only follows it. */
export const cameraOptions = {
  isLocked: true,
  wheelBehavior: 'none' as const,
  zoomSteps: [0.01, 100],
};

export function createStore() {
  return createTLStore({ shapeUtils, bindingUtils });
}

/** Paper is light over every document, in both themes; nothing of it is kept in the browser's storage. */
export function createUser() {
  const preferences = atom<TLUserPreferences>('preferences', {
    id: 'me',
    colorScheme: 'light',
    animationSpeed: 0,
    areKeyboardShortcutsEnabled: false,
  });
  return createTLUser({
    userPreferences: preferences,
    setUserPreferences: (next) => void preferences.set(next),
  });
}
