type Lock = {
  readonly packages?: Readonly<
    Record<
      string,
      { readonly version?: string; readonly link?: boolean; readonly optional?: boolean }
    >
  >;
};

export function missingPackages(lock: Lock, installed: Lock): string[];
export function explainFailure(output: string): string;
