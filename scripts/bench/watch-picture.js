// Runs in the page, before anything of it: notes when a remote picture moves. See picture.ts.
{
  const seen = new WeakSet();
  const isOwn = ({ srcObject }) =>
    srcObject instanceof MediaStream &&
    srcObject.getVideoTracks().some((track) => track.label.startsWith('fake_device'));
  const watch = (video) => {
    if (seen.has(video)) return;
    seen.add(video);
    let frames = 0;
    const onFrame = () => {
      if (!isOwn(video)) frames += 1;
      if (frames < 2) video.requestVideoFrameCallback(onFrame);
      else document.documentElement.dataset.pictureAt ??= String(performance.timeOrigin + performance.now());
    };
    video.requestVideoFrameCallback(onFrame);
  };
  const look = () => document.querySelectorAll('video').forEach(watch);
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
}
