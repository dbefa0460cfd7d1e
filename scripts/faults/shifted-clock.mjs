// @ts-check
// Loaded before anything else into a web process whose clock is to be wrong (`node --import`): every wall clock that
// JavaScript reads is off by so many ms. Timers run on.
const offset = Number(process.env.FAULTS_CLOCK_OFFSET_MS);
const now = () => realNow() + offset;
const realNow = Date.now;

globalThis.Date = new Proxy(Date, {
  apply: (real) => new real(now()).toString(),
  construct: (real, args, target) => Reflect.construct(real, args.length === 0 ? [now()] : args, target),
  get: (real, name) => (name === 'now' ? now : Reflect.get(real, name)),
});
