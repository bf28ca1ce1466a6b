/**
 * Holding a server. The supervisor counts the connections on its socket; a program that dies drops its connection with
 * it, so nothing can be left behind. To let go is to close our half: the supervisor says farewell and closes the other
 * half, at once when others hold the server, after the server has stopped when we were the last.
 */
import { connect, type Socket } from 'node:net';

export interface Attachment {
  /** The connection is closed: the server stopped, or its supervisor was killed. */
  readonly lost: boolean;
  /** Lets go. False when the supervisor was killed and nobody saw to the end of the server. */
  release(): Promise<boolean>;
}

/** The supervisor has this long to stop a server; it uses force itself before that. */
const RELEASE_MS = 120_000;
/** An answer takes a millisecond; a machine in trouble is given time. */
const ANSWER_MS = 10_000;

/** What connecting gives when no process listens any more. */
const NOBODY = new Set<string | undefined>(['ECONNREFUSED', 'ENOENT', 'ENOTSOCK']);

/** Connects to a supervisor. `stopping`: it no longer takes anybody. `nobody`: nothing listens, it was killed. */
export function attach(path: string): Promise<Attachment | 'stopping' | 'nobody'> {
  return new Promise((resolve) => {
    const socket = connect({ path, allowHalfOpen: true });
    socket.setTimeout(ANSWER_MS, () => socket.destroy());
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(NOBODY.has(error.code) ? 'nobody' : 'stopping'));
    socket.once('close', () => resolve('stopping'));
    // The other side has ended: end ours too, whether it ever answered or not.
    socket.once('end', () => socket.end());
    socket.once('data', () => {
      socket.setTimeout(0);
      resolve(new Held(socket));
    });
  });
}

/** Whether a supervisor lives behind a socket. */
export async function isSupervised(path: string): Promise<boolean> {
  const answer = await attach(path);
  if (typeof answer === 'object') await answer.release();
  return answer !== 'nobody';
}

class Held implements Attachment {
  lost = false;
  private farewell = false;
  private readonly closed: Promise<void>;

  constructor(private readonly socket: Socket) {
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
    socket.once('close', () => (this.lost = true));
    socket.once('data', () => (this.farewell = true));
    socket.on('error', () => socket.destroy());
    // A program that forgets to let go must still be able to end.
    socket.unref();
  }

  async release(): Promise<boolean> {
    if (!this.lost) {
      this.socket.ref();
      this.socket.setTimeout(RELEASE_MS, () => this.socket.destroy());
      this.socket.end();
      await this.closed;
    }
    return this.farewell;
  }
}
