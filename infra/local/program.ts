import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The program's path, or null when no folder of PATH has it. */
export function programOnPath(name: string): string | null {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

/** What the program answers when asked for its version; null when it does not even run here. */
export async function versionSaid(path: string, option: string): Promise<string | null> {
  try {
    const { stdout, stderr } = await run(path, [option], { timeout: 20_000 });
    return `${stdout}${stderr}`;
  } catch {
    return null;
  }
}
