/** Makes files that are committed: references, schemas, the supergraph. */
export type Generator = {
  readonly name: string;
  /** Paths relative to the project's root, with the whole content of each. The same sources give the same bytes. */
  run(): Promise<ReadonlyMap<string, string>>;
};
