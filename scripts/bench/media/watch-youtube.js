// Runs in a page: notes ten times a second where the player really is.
window.youTubeSamples = [];
setInterval(function () {
  const player = window.fakeYouTube && window.fakeYouTube.players.at(-1);
  if (player)
    window.youTubeSamples.push([performance.timeOrigin + performance.now(), player.said().time * 1000]);
}, 100);
