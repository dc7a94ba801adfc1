// A source file and what can be asked of it without running it: its imports and its syntax tree. Read by the parser that
// Vite brings along; the house rules and the generators of the reference are built on it.
import { parseSync } from "vite";

/** A node of the ESTree that the parser gives. */
export interface SyntaxNode {
  type: string;
  start: number;
  end: number;
  [property: string]: unknown;
}

export interface Import {
  specifier: string;
  line: number;
}

export interface Source {
  /** From the repository's root, with slashes. */
  path: string;
  text: string;
  /** Parsed when first asked for. */
  readonly syntax: Syntax;
}

export interface Syntax {
  program: SyntaxNode;
  comments: { start: number; end: number; value: string }[];
  /** Static, dynamic with a literal, and re-exports, in the order of the file. */
  imports: Import[];
  /** Line of an offset, from 1. */
  lineAt(offset: number): number;
}

export function createSource(path: string, text: string): Source {
  let syntax: Syntax | undefined;
  return {
    path,
    text,
    get syntax() {
      syntax ??= parse(path, text);
      return syntax;
    },
  };
}

function parse(path: string, text: string): Syntax {
  const { program, module, comments, errors } = parseSync(path, text);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${path} does not parse: ${error.message}`);
  const lineAt = lineFinder(text);
  const requests = [
    ...module.staticImports.map((entry) => entry.moduleRequest),
    ...module.staticExports.flatMap((entry) => entry.entries.map((name) => name.moduleRequest)),
  ].filter((request) => request !== null);
  const loaded = module.dynamicImports
    .map(({ moduleRequest: { start, end } }) => ({ written: text.slice(start, end), start }))
    .filter(({ written }) => /^(["'`])[^$]*\1$/.test(written))
    .map(({ written, start }) => ({ value: written.slice(1, -1), start }));
  const imports = [...requests, ...loaded].map(({ value, start }) => ({ specifier: value, line: lineAt(start) }));
  return { program: program as unknown as SyntaxNode /* same shape, read generically */, comments, imports, lineAt };
}

function lineFinder(text: string): (offset: number) => number {
  const starts = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
  return (offset) => {
    const next = starts.findIndex((start) => start > offset);
    return next < 0 ? starts.length : next;
  };
}

/** Visits every node, parents first, with its ancestors (nearest last). Returning false passes over what is inside. */
export function walk(
  node: SyntaxNode,
  visit: (node: SyntaxNode, ancestors: readonly SyntaxNode[]) => void | false,
  ancestors: readonly SyntaxNode[] = [],
): void {
  if (visit(node, ancestors) === false) return;
  const inside = [...ancestors, node];
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, visit, inside);
  }
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && typeof (value as SyntaxNode).type === "string";
}

/** `process.env` for a member expression over identifiers, `fetch` for an identifier; undefined for anything else. */
export function dottedName(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === "Identifier") return String(node["name"]);
  if (node.type !== "MemberExpression" || node["computed"] === true) return undefined;
  const object = dottedName(node["object"]);
  return object === undefined ? undefined : `${object}.${dottedName(node["property"])}`;
}
