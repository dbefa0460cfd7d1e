// Runs in a page: notes, for every frame that the video shows, when it was shown and which one it is by its picture.
// Plain JavaScript: what a build makes of it would not run there.
(({ fps, bits, field, height }) => {
  window.timeCode = { samples: [] };
  const canvas = document.createElement('canvas');
  canvas.width = bits * field;
  canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  let watched = null;
  function look(video) {
    if (video !== watched || !video.isConnected) return;
    video.requestVideoFrameCallback((_now, { expectedDisplayTime }) => {
      context.drawImage(video, 0, height / 2, bits * field, 1, 0, 0, bits * field, 1);
      const { data } = context.getImageData(0, 0, bits * field, 1);
      let frame = 0;
      for (let bit = 0; bit < bits; bit += 1) {
        if (data[(bit * field + field / 2) * 4] > 128) frame += 2 ** bit;
      }
      window.timeCode.samples.push([performance.timeOrigin + expectedDisplayTime, (frame / fps) * 1000]);
      look(video);
    });
  }
  setInterval(() => {
    const video = document.querySelector('[data-media-step] video');
    if (video === watched) return;
    watched = video;
    if (video) look(video);
  }, 50);
})(JSON.parse(document.currentScript?.dataset.code ?? window.timeCodeOptions));
