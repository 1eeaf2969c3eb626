/** A line to a server that tests can cut, so that to whoever uses it the server is dead. */
import { connect, createServer, type Server, type Socket } from 'node:net';

/** The line to the server: it can be cut, mended, or carry nothing. */
export class Line {
  readonly #to: number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #state: 'whole' | 'cut' | 'hushed' = 'whole';

  constructor(to: number) {
    this.#to = to;
    this.#server = createServer((near) => this.#carry(near));
  }

  get port(): number {
    const bound = this.#server.address();
    return typeof bound === 'object' && bound !== null ? bound.port : 0;
  }

  open(): Promise<void> {
    return new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  cut(): void {
    this.#state = 'cut';
    for (const socket of this.#sockets) socket.destroy();
  }

  hush(): void {
    this.cut();
    this.#state = 'hushed';
  }

  mend(): void {
    this.#state = 'whole';
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #carry(near: Socket): void {
    this.#keep(near);
    if (this.#state === 'cut') near.destroy();
    if (this.#state !== 'whole') return;
    const far = connect(this.#to, '127.0.0.1');
    this.#keep(far);
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => this.#sockets.delete(socket));
  }
}
