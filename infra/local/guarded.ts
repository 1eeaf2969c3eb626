import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

/** How a process ended: its exit code, or 128 + the signal's number. */
export type Exit = { readonly code: number };

/** A server process of ours. It never outlives us, not even when we are killed with -9. */
export type Guarded = {
  readonly pid: number;
  readonly exited: Promise<Exit>;
  /** Asks it to stop; kills it when it has not within the grace, in milliseconds. */
  stop(graceMs: number): Promise<Exit>;
  /** kill -9. */
  kill(): Promise<Exit>;
};

/**
 * The shell between us and the server: says the server's pid on descriptor 3, and asks the server to stop when our end
 * of its standard input closes, which the kernel does for us even after kill -9. The group of its own keeps the
 * terminal's Ctrl-C away from the server, which must stop after those who use it.
 */
const guard = `
exec 4<&0
"$@" 3>&- 4<&- </dev/null &
server=$!
echo $server >&3
exec 3>&-
( cat <&4 >/dev/null; kill -TERM $server 2>/dev/null ) &
watcher=$!
exec 4<&-
wait $server
code=$?
kill $watcher 2>/dev/null
exit $code
`;

/** Starts the server with its output appended to the log file. */
export async function startGuarded(
  command: string,
  args: readonly string[],
  options: { readonly log: string; readonly env?: Readonly<Record<string, string>> },
): Promise<Guarded> {
  const log = openSync(options.log, 'a');
  const shell = spawn('/bin/sh', ['-c', guard, 'guard', command, ...args], {
    detached: true,
    env: { ...process.env, ...options.env },
    stdio: ['pipe', log, log, 'pipe'],
  });
  closeSync(log);
  // The pipe breaks when the server ends first; that is what `exited` says.
  shell.stdin?.on('error', () => {});
  const exited = new Promise<Exit>((resolve, reject) => {
    shell.on('error', reject);
    shell.on('exit', (code) => {
      shell.stdin?.destroy();
      resolve({ code: code ?? 137 });
    });
  });
  const pid = await readPid(shell.stdio[3] as Readable);
  const signal = (name: NodeJS.Signals): void => {
    try {
      process.kill(pid, name);
    } catch {
      // It has ended already.
    }
  };
  return {
    pid,
    exited,
    async stop(graceMs) {
      signal('SIGTERM');
      const gone = await Promise.race([exited, sleep(graceMs, null, { ref: false })]);
      if (gone !== null) return gone;
      signal('SIGKILL');
      return exited;
    },
    async kill() {
      signal('SIGKILL');
      return exited;
    },
  };
}

async function readPid(stream: Readable): Promise<number> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return Number(text);
}
