// Runs in a page: notes when each beep of what plays is heard, by the sound that comes out of its player, and which one it is.
// Plain JavaScript: what a build makes of it would not run there.
(({ finder, firstHz, stepHz }) => {
  window.beeps = { samples: [], problem: null };
  const LOOKS = 50;
  let watched = null;
  let context = null;
  /** What has to be added to the sound's clock to have the page's, ms: looked at again and again, since each look is a little off. */
  let offsets = [];

  function look() {
    if (!context) return;
    // One that was made before anybody pressed anything waits until it is told once more.
    if (context.state === 'suspended') context.resume().catch(() => undefined);
    const { contextTime, performanceTime } = context.getOutputTimestamp();
    if (contextTime > 0) offsets = [...offsets, performanceTime - contextTime * 1000].slice(-LOOKS);
  }

  function heard({ data: { began, hz } }) {
    if (offsets.length === 0) return;
    const offset = offsets.toSorted((a, b) => a - b)[Math.floor(offsets.length / 2)];
    window.beeps.samples.push([
      performance.timeOrigin + began * 1000 + offset,
      Math.round((hz - firstHz) / stepHz),
    ]);
  }

  async function listen(element) {
    if (!context) {
      context = new AudioContext();
      await context.audioWorklet.addModule(
        URL.createObjectURL(new Blob([finder], { type: 'text/javascript' })),
      );
    }
    const sound = context.createMediaElementSource(element);
    const node = new AudioWorkletNode(context, 'find-beeps', { numberOfOutputs: 0 });
    node.port.onmessage = heard;
    sound.connect(node);
    // What is listened to is heard all the same.
    sound.connect(context.destination);
  }

  setInterval(() => {
    look();
    const element = document.querySelector('[data-media-step] video');
    if (!element || element === watched) return;
    watched = element;
    listen(element).catch((error) => {
      window.beeps.problem = String(error);
    });
  }, 50);
})(window.beepOptions);
