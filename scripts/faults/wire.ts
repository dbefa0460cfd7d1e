import { createServer, connect, type Server, type Socket } from 'node:net';

const STREAM_REQUEST = /^GET \/api\/rooms\/[^ ]*\/stream\?/;
/** A slow wire carries its share so many times a second. */
const DRIPS_A_SECOND = 4;

/**
 * One client's line to one app process: TCP in between, where a line is cut inside a frame, falls silent with both ends open,
 * or becomes slow. Everything that it carries otherwise passes as it is.
 */
export class Wire {
  readonly url: string;
  readonly #server: Server;
  readonly #links = new Set<Link>();
  /** Bytes a second that a stream gets through; null: all. */
  bytesPerSecond: number | null = null;
  /** Called once, when a stream was cut inside a frame. */
  #onCut: (() => void) | null = null;
  /** Called once, when something of a stream was kept back. */
  #onSlow: (() => void) | null = null;

  static async open(port: number): Promise<Wire> {
    const server = createServer({ allowHalfOpen: false });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (typeof address !== 'object' || !address) throw new Error('a wire has no address');
    return new Wire(server, `http://127.0.0.1:${address.port}`, port);
  }

  private constructor(server: Server, url: string, port: number) {
    this.#server = server;
    this.url = url;
    server.on('connection', (client) => {
      const link = new Link(this, client, connect(port, '127.0.0.1'));
      this.#links.add(link);
      client.once('close', () => {
        if (!link.held) this.#links.delete(link);
      });
    });
  }

  /** Cuts the stream inside the next frame that comes; resolves when that has happened. */
  cutNextFrame(): Promise<void> {
    return new Promise((resolve) => {
      this.#onCut = resolve;
    });
  }

  /** Nobody is told, and nothing arrives any more, either way: for all that is open now. Gives how many streams that are. */
  hold(): number {
    const held = [...this.#links].filter((link) => link.hold());
    return held.filter(({ isStream }) => isStream).length;
  }

  /** A stream gets through so slowly from now on; resolves when it has. */
  slowDown(bytesPerSecond: number): Promise<void> {
    this.bytesPerSecond = bytesPerSecond;
    return new Promise((resolve) => {
      this.#onSlow = resolve;
    });
  }

  slowed(): void {
    this.#onSlow?.();
    this.#onSlow = null;
  }

  /** Where to cut a piece of a stream so that it ends inside a frame; null: not here. */
  cutIn(piece: Buffer): number | null {
    if (!this.#onCut) return null;
    const frame = piece.indexOf('data: {"from":');
    return frame < 0 ? null : frame + 20;
  }

  cut(): void {
    this.#onCut?.();
    this.#onCut = null;
  }

  async close(): Promise<void> {
    for (const link of this.#links) link.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

/** One connection and what it is carried on by. */
class Link {
  readonly #wire: Wire;
  readonly #client: Socket;
  readonly #app: Socket;
  isStream = false;
  held = false;

  constructor(wire: Wire, client: Socket, app: Socket) {
    this.#wire = wire;
    this.#client = client;
    this.#app = app;
    client.setNoDelay(true);
    app.setNoDelay(true);
    client.on('data', (piece) => this.#up(piece));
    app.on('data', (piece) => this.#down(piece));
    // One end is gone: the other hears of it, unless the line is one that tells nobody anything.
    client.on('error', () => this.#tell(() => app.destroy()));
    client.on('close', () => this.#tell(() => app.destroy()));
    app.on('error', () => this.#tell(() => client.resetAndDestroy()));
    app.on('close', () => this.#tell(() => client.end()));
  }

  /** Whether it was not held before, and has its other end still. */
  hold(): boolean {
    if (this.held || this.#app.destroyed || this.#client.destroyed) return false;
    this.held = true;
    this.#app.pause();
    return true;
  }

  destroy(): void {
    this.#client.destroy();
    this.#app.destroy();
  }

  #tell(how: () => void): void {
    if (!this.held) how();
  }

  #up(piece: Buffer): void {
    if (this.held) return;
    if (STREAM_REQUEST.test(piece.toString('latin1', 0, 200))) this.isStream = true;
    this.#carry(piece, this.#client, this.#app);
  }

  #down(piece: Buffer): void {
    if (this.held) return;
    const at = this.isStream ? this.#wire.cutIn(piece) : null;
    if (at !== null) {
      this.#client.end(piece.subarray(0, at));
      this.#app.destroy();
      this.#wire.cut();
    } else if (this.isStream && this.#wire.bytesPerSecond !== null) {
      this.#app.pause();
      this.#drip(piece);
    } else {
      this.#carry(piece, this.#app, this.#client);
    }
  }

  #carry(piece: Buffer, from: Socket, to: Socket): void {
    if (to.write(piece)) return;
    from.pause();
    to.once('drain', () => {
      if (!this.held) from.resume();
    });
  }

  #drip(piece: Buffer): void {
    if (this.held || this.#client.destroyed) return;
    const rate = this.#wire.bytesPerSecond;
    const share = rate === null ? piece.length : Math.ceil(rate / DRIPS_A_SECOND);
    this.#client.write(piece.subarray(0, share));
    const rest = piece.subarray(share);
    if (rest.length > 0) this.#wire.slowed();
    setTimeout(() => (rest.length > 0 ? this.#drip(rest) : this.#app.resume()), 1000 / DRIPS_A_SECOND);
  }
}
