import type { MediaSource } from '@/room/media';

/** What a pasted address is, and where in it to begin (ms). Null: nothing that plays. */
export type ParsedLink = { source: Exclude<MediaSource, { kind: 'file' }>; startMs: number; title: string };

const VIDEO_ID = /^[\w-]{11}$/;
const YOUTUBE_HOSTS = /^((www|m|music)\.)?(youtube(-nocookie)?\.com|youtu\.be)$/;

/**
 * Reads what somebody pasted: YouTube in its several forms, or an address of something that plays. Only http and https; what lies behind
 * the address is found out when it is played.
 */
export function parseMediaLink(text: string): ParsedLink | null {
  const url = readUrl(text.trim());
  if (!url) return null;
  if (!YOUTUBE_HOSTS.test(url.hostname)) {
    const name = decodeName(url.pathname.split('/').filter(Boolean).at(-1) ?? '');
    const title = (name || url.hostname).slice(0, 200);
    return { source: { kind: 'link', url: url.href }, startMs: 0, title };
  }
  const videoId = youtubeId(url);
  if (!videoId) return null;
  const startMs = readStart(url.searchParams.get('t') ?? url.searchParams.get('start') ?? '');
  return { source: { kind: 'youtube', videoId }, startMs, title: `YouTube ${videoId}` };
}

/** `youtu.be/…` and `youtube.com/…` are typed without a protocol. */
function readUrl(text: string): URL | null {
  const full = /^[a-z][a-z\d+.-]*:/i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(full) || full.length > 2000) return null;
  const url = new URL(full);
  return (url.protocol === 'https:' || url.protocol === 'http:') && url.hostname.includes('.') ? url : null;
}

function youtubeId(url: URL): string | null {
  const parts = url.pathname.split('/').filter(Boolean);
  const candidate = url.hostname.endsWith('youtu.be')
    ? parts[0]
    : ['embed', 'shorts', 'live', 'v'].includes(parts[0] ?? '')
      ? parts[1]
      : url.searchParams.get('v');
  return candidate && VIDEO_ID.test(candidate) ? candidate : null;
}

/** `90`, `90s`, `1m30s`, `1h2m3s`; in ms. */
function readStart(text: string): number {
  const parts = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/.exec(text);
  if (!parts) return 0;
  const [hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0));
  return Math.min(((hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)) * 1000, 86_400_000);
}

function decodeName(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray % in an address is no reason not to play it.
    return text;
  }
}
