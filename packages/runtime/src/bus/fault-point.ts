/** The steps between which a process may die; the conformance suite kills it at each. */
export type FaultPointName =
  | 'before-claim'
  | 'after-claim'
  | 'after-send'
  | 'before-mark'
  | 'after-mark'
  | 'before-handle'
  | 'before-commit'
  | 'after-commit-before-ack';

/** Called at the named step. Does nothing outside of fault campaigns. */
export type FaultPoint = (name: FaultPointName) => Promise<void> | void;
