// A local stand-in for YouTube's IFrame API, as its reference documents it: as much as the room uses, on a clock of its own, with the
// ways of a real player: it takes time to start and to jump, and what it says of its time may be a little old
// (`window.fakeYouTubeNature`, set before, changes these). What is asked of it is kept in `window.fakeYouTube`, and a test can
// have it fail, show an advertisement or refuse sound.
(function () {
  const nature = Object.assign(
    { startMs: 120, seekMs: 200, skewPpm: 0, saysEveryMs: 0 },
    window.fakeYouTubeNature,
  );
  window.fakeYouTube = { players: [], error: null, blockSound: false, durationSeconds: 120 };
  function Player(element, options) {
    const frame = document.createElement('div');
    frame.dataset.youtube = options.videoId;
    element.replaceWith(frame);
    let state = -1;
    let at = options.playerVars.start || 0;
    let since = 0;
    let rate = 1;
    let muted = false;
    let volume = 100;
    // What is shown in the video's place lasts so long; 0: the video is shown.
    let shownSeconds = 0;
    let stands = false;
    let interruption = null;
    let told = { at: -1e9, seconds: 0 };
    const time = function () {
      const played = ((performance.now() - since) / 1000) * rate * (1 + nature.skewPpm / 1e6);
      return state === 1 && !stands ? at + played : at;
    };
    const change = function (next) {
      at = time();
      since = performance.now();
      state = next;
      told = { at: -1e9, seconds: 0 };
      options.events.onStateChange({ data: next });
    };
    const player = {
      playVideo() {
        if (window.fakeYouTube.blockSound && !muted) {
          options.events.onAutoplayBlocked();
          return;
        }
        change(3);
        setTimeout(function () {
          change(1);
        }, nature.startMs);
      },
      pauseVideo() {
        if (state === 1 || state === 3) change(2);
      },
      seekTo(seconds) {
        at = seconds;
        since = performance.now();
        if (state !== 1) return;
        change(3);
        at = seconds;
        setTimeout(function () {
          change(1);
        }, nature.seekMs);
      },
      setPlaybackRate(next) {
        at = time();
        since = performance.now();
        rate = next;
      },
      getCurrentTime() {
        if (performance.now() - told.at >= nature.saysEveryMs)
          told = { at: performance.now(), seconds: time() };
        return told.seconds;
      },
      getDuration() {
        return shownSeconds || window.fakeYouTube.durationSeconds;
      },
      getPlayerState() {
        return state;
      },
      setVolume(percent) {
        volume = percent;
      },
      mute() {
        muted = true;
      },
      unMute() {
        muted = false;
      },
      destroy() {
        frame.remove();
      },
      said() {
        return { state, muted, volume, rate, time: time() };
      },
      // An advertisement (-1), or waiting for bytes (3).
      interrupt(as, ms) {
        // Another one at the same time takes its place; what waited for bytes plays afterwards.
        const back = interruption ? interruption.back : state === 3 ? 1 : state;
        if (interruption) clearTimeout(interruption.timer);
        change(as);
        const end = function () {
          interruption = null;
          change(back);
        };
        interruption = { back, timer: setTimeout(end, ms) };
      },
      advertisement(ms) {
        player.interrupt(-1, ms);
      },
      // One during which it says that it plays: its time stands, and its length is the advertisement's.
      advertisementThatPlays(ms) {
        at = time();
        stands = true;
        shownSeconds = ms / 1000;
        setTimeout(function () {
          stands = false;
          shownSeconds = 0;
          since = performance.now();
        }, ms);
      },
    };
    window.fakeYouTube.players.push(player);
    setTimeout(function () {
      if (window.fakeYouTube.error === null) options.events.onReady();
      else options.events.onError({ data: window.fakeYouTube.error });
    }, 50);
    return player;
  }
  window.YT = { Player };
  window.onYouTubeIframeAPIReady();
})();
