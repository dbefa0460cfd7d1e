import type { Page } from '@playwright/test';

/**
 * Has the page note when a remote picture moves: the second frame of a video that is not this browser's own (fake) camera,
 * in ms since the epoch: this machine's one clock, so that it compares with the time at which the link was followed.
 */
export async function watchForPicture(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = new WeakSet<HTMLVideoElement>();
    const isOwn = ({ srcObject }: HTMLVideoElement) =>
      srcObject instanceof MediaStream &&
      srcObject.getVideoTracks().some((track) => track.label.startsWith('fake_device'));
    const watch = (video: HTMLVideoElement) => {
      if (seen.has(video)) return;
      seen.add(video);
      let frames = 0;
      const onFrame = () => {
        if (!isOwn(video)) frames += 1;
        if (frames < 2) video.requestVideoFrameCallback(onFrame);
        else
          document.documentElement.dataset.pictureAt ??= String(performance.timeOrigin + performance.now());
      };
      video.requestVideoFrameCallback(onFrame);
    };
    const look = () => document.querySelectorAll('video').forEach(watch);
    new MutationObserver(look).observe(document, { childList: true, subtree: true });
  });
}

/** Follows a link and waits for the moving picture; ms from following to its second frame. */
export async function timeToPicture(page: Page, url: string): Promise<number> {
  await watchForPicture(page);
  const started = Date.now();
  await page.goto(url, { waitUntil: 'commit' });
  const at = await page.waitForFunction(() => document.documentElement.dataset.pictureAt, undefined, {
    polling: 50,
  });
  return Number(await at.jsonValue()) - started;
}
