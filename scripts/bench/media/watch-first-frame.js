// Runs in a page: plays a list of parts, and says when its first picture is on the screen, ms since the epoch.
window.watchFirstFrame = (url) =>
  new Promise((resolve, reject) => {
    const video = document.createElement('video');
    video.muted = true;
    document.body.replaceChildren(video);
    const hls = new window.Hls({ startPosition: 0 });
    hls.on(window.Hls.Events.ERROR, (_event, { fatal, details }) => {
      if (fatal) reject(new Error(details));
    });
    video.requestVideoFrameCallback(() => {
      hls.destroy();
      resolve(performance.timeOrigin + performance.now());
    });
    hls.loadSource(url);
    hls.attachMedia(video);
    video.play().catch(reject);
  });
