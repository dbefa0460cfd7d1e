import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContextOptions, Page, Response } from '@playwright/test';

export type Script = { url: string; gzipBytes: number; body: string };

/**
 * Opens a page in a new context and collects the scripts that it loads until `usable` resolves.
 * Bytes are those of gzip at its default level, whatever the server sent.
 */
export async function collectScripts(
  browser: Browser,
  url: string,
  {
    state,
    block,
    usable,
  }: {
    state?: BrowserContextOptions['storageState'];
    /** Scripts that are refused: shows that the page is usable without them. */
    block?: ReadonlySet<string>;
    usable: (page: Page) => Promise<void>;
  },
): Promise<Script[]> {
  const context = await browser.newContext({ storageState: state });
  try {
    const page = await context.newPage();
    if (block?.size)
      await page.route(
        (address) => block.has(address.href),
        (route) => route.abort(),
      );
    const loading: Promise<Script | null>[] = [];
    page.on('response', (response) => loading.push(readScript(response)));
    await page.goto(url);
    await usable(page);
    return (await Promise.all(loading)).filter((script) => script !== null);
  } finally {
    await context.close();
  }
}

async function readScript(response: Response): Promise<Script | null> {
  if (response.request().resourceType() !== 'script' || !response.ok()) return null;
  const body = await response.body();
  return { url: response.url(), gzipBytes: gzipSync(body).length, body: body.toString('utf8') };
}

export function sumKb(scripts: readonly Script[]): number {
  return scripts.reduce((sum, script) => sum + script.gzipBytes, 0) / 1024;
}
