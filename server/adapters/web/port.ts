/** What lies behind an address that somebody wants to play. */
export type WebLook =
  | { ok: true; mimeType: string }
  /**
   * `private`: it, or where it leads, is inside of a network; `unreachable`: nobody answers; `not-media`: nothing that plays;
   * `broadcast`: a playlist without a beginning.
   */
  | { ok: false; why: 'private' | 'unreachable' | 'not-media' | 'broadcast' };

/** Looks at addresses from here, without following anybody into this network. */
export type WebLooker = {
  /** @param url  http or https */
  look(url: string): Promise<WebLook>;
};
