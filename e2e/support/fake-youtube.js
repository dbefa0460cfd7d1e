// A local stand-in for YouTube's IFrame API, as its reference documents it: as much as the room uses, on a clock of its own. What is
// asked of it is kept in `window.fakeYouTube`, and a test can have it fail, show an advertisement or refuse sound.
(function () {
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
    const time = function () {
      return state === 1 ? at + ((performance.now() - since) / 1000) * rate : at;
    };
    const change = function (next) {
      at = time();
      since = performance.now();
      state = next;
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
        }, 120);
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
        }, 200);
      },
      setPlaybackRate(next) {
        at = time();
        since = performance.now();
        rate = next;
      },
      getCurrentTime: time,
      getDuration() {
        return window.fakeYouTube.durationSeconds;
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
      advertisement(ms) {
        const back = state;
        change(-1);
        setTimeout(function () {
          change(back);
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
