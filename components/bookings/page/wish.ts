import { isZone } from '@/components/ui/zones';

/** What somebody has chosen so far: it stands in the address, so that they come back to it once they have signed in. */
export type Wish = { at: number | null; lengthMinutes: number | null; zone: string | null };

type Search = Record<string, string | string[] | undefined>;

/** Reads an address; what is no hour, length or zone is left out. */
export function readWish(search: Search): Wish {
  const one = (name: string) => [search[name]].flat()[0];
  const number = (text: string | undefined) => (text && /^\d{1,15}$/.test(text) ? Number(text) : null);
  const at = Date.parse(one('at') ?? '');
  const zone = one('zone');
  return {
    at: Number.isFinite(at) ? at : null,
    lengthMinutes: number(one('length')),
    zone: zone && isZone(zone) ? zone : null,
  };
}

/** Writes it into the address of the page, without going anywhere. */
export function keepWish({ at, lengthMinutes, zone }: Wish): void {
  const url = new URL(window.location.href);
  const put = (name: string, value: string | null) =>
    value === null ? url.searchParams.delete(name) : url.searchParams.set(name, value);
  put('at', at === null ? null : new Date(at).toISOString());
  put('length', lengthMinutes === null ? null : String(lengthMinutes));
  put('zone', zone);
  window.history.replaceState(window.history.state, '', url);
}
