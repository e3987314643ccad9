import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

/** A source file, parsed, so that rules see code and neither comments nor strings. */
export interface Source {
  /** From the root of the project, with forward slashes. */
  path: string;
  text: string;
  tree: ts.SourceFile;
}

/** One `import` or `export … from`, or a dynamic import. */
export interface Import {
  from: string;
  /** Path in the project without its ending, or the name of a package. */
  to: string;
  /** Vanishes when it is compiled. */
  typeOnly: boolean;
}

export const sourceOf = (path: string, text: string): Source => ({
  path,
  text,
  tree: ts.createSourceFile(
    path,
    text,
    ts.ScriptTarget.Latest,
    true,
    path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  ),
});

/** Every TypeScript file below the folders. */
export const readSources = (...folders: string[]): Source[] =>
  folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => {
        const path = posix.join(folder, name.replaceAll('\\', '/'));
        return sourceOf(path, readFileSync(join(folder, name), 'utf8'));
      }),
  );

/** Every node of the file, parents first. */
export const nodesOf = (source: Source): ts.Node[] => {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source.tree);
  return nodes;
};

/** Where a node stands, as `path:line`. */
export const placeOf = (source: Source, node: ts.Node): string =>
  `${source.path}:${source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree)).line + 1}`;

const resolved = (from: string, specifier: string): string =>
  specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : specifier;

const importsOnlyTypes = (clause: ts.ImportClause | undefined): boolean => {
  if (!clause) return false; // imported for its effect
  if (clause.isTypeOnly) return true;
  const named = clause.namedBindings;
  return (
    clause.name === undefined &&
    named !== undefined &&
    ts.isNamedImports(named) &&
    named.elements.length > 0 &&
    named.elements.every((element) => element.isTypeOnly)
  );
};

export const importsOf = (source: Source): Import[] =>
  nodesOf(source).flatMap((node): Import[] => {
    const at = (specifier: ts.Node | undefined, typeOnly: boolean): Import[] =>
      specifier && ts.isStringLiteralLike(specifier)
        ? [{ from: source.path, to: resolved(source.path, specifier.text), typeOnly }]
        : [];
    if (ts.isImportDeclaration(node)) return at(node.moduleSpecifier, importsOnlyTypes(node.importClause));
    if (ts.isExportDeclaration(node)) return at(node.moduleSpecifier, node.isTypeOnly);
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      return at(node.argument.literal, true);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      return at(node.arguments[0], false);
    }
    return [];
  });

/** `a.b.c` of a property access, or the bare name; empty for anything else. */
export const nameOf = (node: ts.Node): string => {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node)) {
    const left = nameOf(node.expression);
    return left === '' ? `.${node.name.text}` : `${left}.${node.name.text}`;
  }
  return '';
};
