import { isNativeError } from 'node:util/types';

/** Something the person at the terminal can do something about: the message is a sentence that says what. */
export class Trouble extends Error {
  override readonly name = 'Trouble';
}

/** A system error's code ('ENOSPC', 'EADDRINUSE' …), also of its cause; undefined for other errors. */
export function systemCode(error: unknown): string | undefined {
  if (!isNativeError(error)) return undefined;
  const code = (error as NodeJS.ErrnoException).code;
  return typeof code === 'string' ? code : systemCode(error.cause);
}

/** What to tell the person: a Trouble's own sentence, a known system error in words, else the whole error. */
export function inWords(error: unknown, folder: string): string {
  if (error instanceof Trouble) return error.message;
  switch (systemCode(error)) {
    case 'ENOSPC':
      return `The disk that holds ${folder} is full: free about 2 GB, or set SHIXUN_CACHE to a folder on another disk.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `The folder ${folder} cannot be written: change its owner, or set SHIXUN_CACHE to a folder of your own.`;
    default:
      return isNativeError(error) ? (error.stack ?? error.message) : String(error);
  }
}
