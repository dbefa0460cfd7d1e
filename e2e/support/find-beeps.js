// Runs where a page's sound is made, sample by sample: tells of each beep that goes through when it began and how high it was.
// Plain JavaScript: what a build makes of it would not run there.
const LOUD = 0.08;
const QUIET_BEFORE_S = 0.1;
const ENDS_AFTER_S = 0.01;

registerProcessor(
  'find-beeps',
  class extends AudioWorkletProcessor {
    quietFor = sampleRate;
    before = 0;
    beep = null;

    process([[samples]]) {
      for (let index = 0; samples && index < samples.length; index += 1)
        this.take(samples[index], currentFrame + index);
      return true;
    }

    take(value, frame) {
      const loud = Math.abs(value) > LOUD;
      if (loud && !this.beep && this.quietFor > QUIET_BEFORE_S * sampleRate)
        this.beep = { began: frame, rises: 0, firstRise: 0, lastRise: 0, low: true };
      this.quietFor = loud ? 0 : this.quietFor + 1;
      if (this.beep) this.listen(this.beep, value, frame);
      this.before = value;
    }

    // A wave counts when it has been loud on both sides: what the codec leaves around a beep crosses the middle too.
    listen(beep, value, frame) {
      if (value < -LOUD) beep.low = true;
      if (value > LOUD && beep.low) {
        const rise = frame - (value - LOUD) / (value - this.before);
        if (beep.rises === 0) beep.firstRise = rise;
        beep.lastRise = rise;
        beep.rises += 1;
        beep.low = false;
      }
      if (this.quietFor < ENDS_AFTER_S * sampleRate) return;
      this.beep = null;
      const hz = ((beep.rises - 1) * sampleRate) / (beep.lastRise - beep.firstRise);
      // A port reaches the page that made it alone; it takes no target.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      if (beep.rises > 5) this.port.postMessage({ began: beep.began / sampleRate, hz });
    }
  },
);
