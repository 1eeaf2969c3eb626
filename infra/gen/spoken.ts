/**
 * Where refusals and notices are spoken: every `fault(codes.X, path, figures)` and `unit.notify({ notice, figures })`
 * of the services, with the names of the figures that the compiler knows to be given. For the tests of GOV-01, GOV-04.
 */
import { join, relative } from 'node:path';
import ts from 'typescript';

/** One call that speaks. */
export type Spoken = {
  readonly kind: 'refusal' | 'notice';
  /** `services/…/file.ts:12`. */
  readonly place: string;
  /** The codes that it may speak: one, or those of a condition. */
  readonly codes: readonly { readonly file: string; readonly name: string }[];
  /** Names of figures that are always given; null when only the running program knows. */
  readonly figures: readonly string[] | null;
};

export function readSpoken(root: string): readonly Spoken[] {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config;
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const sources = fileNames.filter((file) => /\/(services|packages)\/.*\/src\//.test(file));
  const spoken = sources.filter((file) => !/\.(test|example)\.ts$/.test(file));
  const program = ts.createProgram(spoken, { ...options, noEmit: true });
  const reader = new Reader(program.getTypeChecker(), root);
  for (const file of spoken) {
    const source = program.getSourceFile(file);
    if (source) reader.read(source);
  }
  return reader.found;
}

class Reader {
  readonly found: Spoken[] = [];
  readonly #checker: ts.TypeChecker;
  readonly #root: string;

  constructor(checker: ts.TypeChecker, root: string) {
    this.#checker = checker;
    this.#root = root;
  }

  read(node: ts.Node): void {
    if (ts.isCallExpression(node)) {
      const called = node.expression.getText();
      if (called === 'fault') this.#refusal(node);
      if (called.endsWith('.notify')) this.#notice(node);
    }
    ts.forEachChild(node, (child) => this.read(child));
  }

  #refusal(call: ts.CallExpression): void {
    const [code, , figures] = call.arguments;
    if (code === undefined) return;
    const given = figures === undefined ? [] : this.#names(figures);
    this.#keep('refusal', call, code, given);
  }

  #notice(call: ts.CallExpression): void {
    const [note] = call.arguments;
    if (note === undefined || !ts.isObjectLiteralExpression(note)) return;
    const notice = partOf(note, 'notice');
    const figures = partOf(note, 'figures');
    if (notice) this.#keep('notice', call, notice, figures ? this.#names(figures) : []);
  }

  #keep(
    kind: Spoken['kind'],
    call: ts.CallExpression,
    code: ts.Expression,
    figures: readonly string[] | null,
  ): void {
    const source = call.getSourceFile();
    const { line } = source.getLineAndCharacterOfPosition(call.getStart());
    const place = `${relative(this.#root, source.fileName)}:${line + 1}`;
    this.found.push({ kind, place, codes: this.#codes(code), figures });
  }

  /** `codes.X`, the branches of a condition, or what a constant was given. */
  #codes(code: ts.Expression): Spoken['codes'] {
    if (ts.isConditionalExpression(code)) {
      return [...this.#codes(code.whenTrue), ...this.#codes(code.whenFalse)];
    }
    if (ts.isPropertyAccessExpression(code)) {
      const file = this.#symbolOf(code.expression)?.declarations?.[0]?.getSourceFile().fileName;
      return file ? [{ file: relative(this.#root, file), name: code.name.text }] : [];
    }
    const declared = ts.isIdentifier(code) ? this.#symbolOf(code)?.valueDeclaration : undefined;
    return declared && ts.isVariableDeclaration(declared) && declared.initializer
      ? this.#codes(declared.initializer)
      : [];
  }

  #symbolOf(node: ts.Node): ts.Symbol | undefined {
    const symbol = this.#checker.getSymbolAtLocation(node);
    const isAlias = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0;
    return isAlias ? this.#checker.getAliasedSymbol(symbol) : symbol;
  }

  #names(figures: ts.Expression): readonly string[] | null {
    const type = this.#checker.getTypeAtLocation(figures);
    if (type.getStringIndexType() !== undefined) return null;
    return type.getProperties().map(({ name }) => name);
  }
}

function partOf(note: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  for (const part of note.properties) {
    if (part.name?.getText() !== name) continue;
    if (ts.isPropertyAssignment(part)) return part.initializer;
    if (ts.isShorthandPropertyAssignment(part)) return part.name;
  }
  return undefined;
}
