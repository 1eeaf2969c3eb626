import { open } from 'node:fs/promises';

/** A server process that tests may kill and bring back. */
export type RunningServer = {
  readonly port: number;
  pid(): number;
  /** Asks it to stop and waits until it has. */
  stop(): Promise<void>;
  /** kill -9. */
  kill(): Promise<void>;
  /** kill -9 if it runs, then starts it on the same port and the same data. */
  restart(): Promise<void>;
};

/** The last lines of a log file; empty when there is none. */
export async function lastLines(path: string, count: number): Promise<string> {
  const file = await open(path).catch(() => null);
  if (file === null) return '';
  try {
    const { size } = await file.stat();
    const length = Math.min(size, 256 * 1024);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return `${buffer.toString().trimEnd().split('\n').slice(-count).join('\n')}\n`;
  } finally {
    await file.close();
  }
}
