import type { Fault } from '@shixun/kernel';

/** The file can't be taken at all, and why; not a fault of a row. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(faults.map(({ code }) => code.name).join(', '));
    this.faults = faults;
  }
}
