// Keeps what holds the screen awake, for a test to look at.
const request = WakeLock.prototype.request;
window.wakeLocks = [];
WakeLock.prototype.request = async function (...args) {
  const lock = await request.apply(this, args);
  window.wakeLocks.push(lock);
  return lock;
};
