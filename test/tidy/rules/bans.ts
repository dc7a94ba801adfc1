// What the world offers globally is handed in instead (kernel's World), and nothing outlives the object that owns it.
import { type Finding, type House, isTest, type Rule } from "../house.ts";
import { dottedName, isNode, type Source, type SyntaxNode, walk } from "../../../tools/syntax.ts";

const PROCESS =
  /^(process\.(env|exit|exitCode|argv|cwd|chdir|on|once|off|stdin|stdout|stderr)|Bun\.(env|argv|stdin|stdout|stderr)|import\.meta\.env)$/;
const WORLD = /^(Date\.now|performance\.now|Math\.random|fetch|globalThis\.fetch)$/;

function programFiles({ sources }: House): Source[] {
  return sources.filter(({ path }) => path.startsWith("src/") && !isTest(path) && path !== "src/main.ts");
}

export const processBan: Rule = {
  name: "process",
  title: "main.ts alone touches the process: environment, signals, streams, exit",
  check: (house) =>
    programFiles(house).flatMap((source) =>
      namesUsed(source, PROCESS, (name) => `uses ${name}: let main.ts hand it in.`),
    ),
};

export const worldBan: Rule = {
  name: "world",
  title: "clock, randomness and network come from the World",
  check: (house) =>
    programFiles(house).flatMap((source) => [
      ...namesUsed(source, WORLD, (name) => `calls ${name}: take it from the World that is handed in.`),
      ...find(source, isNewDate, "asks the system for the time: take world.nowMs()."),
    ]),
};

function isNewDate(node: SyntaxNode): boolean {
  return (
    node.type === "NewExpression" &&
    dottedName(node["callee"]) === "Date" &&
    (node["arguments"] as unknown[]).length === 0
  );
}

function namesUsed(source: Source, pattern: RegExp, describe: (name: string) => string): Finding[] {
  const found: Finding[] = [];
  walk(source.syntax.program, (node, ancestors) => {
    const name = node.type === "MemberExpression" || isCallee(node, ancestors.at(-1)) ? dottedName(node) : undefined;
    if (name !== undefined && pattern.test(name))
      found.push({ path: source.path, line: source.syntax.lineAt(node.start), message: describe(name) });
  });
  return found;
}

function isCallee(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  return parent?.type === "CallExpression" && parent["callee"] === node;
}

export const moduleState: Rule = {
  name: "module-state",
  title: "nothing changes at the level of a module",
  check: ({ sources }) =>
    sources.filter(isShipped).flatMap((source) =>
      topLevelDeclarations(source)
        .filter((declaration) => declaration["kind"] !== "const" || declarators(declaration).some(isEmptyCollection))
        .map((declaration) => ({
          path: source.path,
          line: source.syntax.lineAt(declaration.start),
          message: "keeps state in the module: keep it in what a createX() returns, so that two can exist.",
        })),
    ),
};

/** Tests and tools run once and end; what is shipped may be started twice in one process. */
function isShipped({ path }: Source): boolean {
  return /^(src|client|console\/src)\//.test(path) && !isTest(path);
}

function topLevelDeclarations({ syntax }: Source): SyntaxNode[] {
  const statements = (syntax.program["body"] as SyntaxNode[]).map((statement) =>
    statement.type === "ExportNamedDeclaration" && isNode(statement["declaration"])
      ? statement["declaration"]
      : statement,
  );
  return statements.filter(({ type, declare }) => type === "VariableDeclaration" && declare !== true);
}

function declarators(declaration: SyntaxNode): SyntaxNode[] {
  return declaration["declarations"] as SyntaxNode[];
}

/** `new Map()`, `[]` and the like: a constant with nothing in it can only be there to be filled. */
function isEmptyCollection({ init }: SyntaxNode): boolean {
  if (!isNode(init)) return false;
  if (init.type === "NewExpression")
    return /^(Weak)?(Map|Set)$/.test(dottedName(init["callee"]) ?? "") && (init["arguments"] as unknown[]).length === 0;
  return init.type === "ArrayExpression" && (init["elements"] as unknown[]).length === 0;
}

export const classBan: Rule = {
  name: "classes",
  title: "no classes: a factory that returns a closure does",
  check: ({ sources }) =>
    sources.flatMap((source) =>
      find(
        source,
        ({ type }) => type === "ClassDeclaration" || type === "ClassExpression",
        "is a class: write createX(config, deps) that returns an object.",
      ),
    ),
};

export const castBan: Rule = {
  name: "casts",
  title: "a cast through unknown has a comment that says why it holds",
  check: ({ sources }) =>
    sources.flatMap((source) =>
      find(
        source,
        (node) => isDoubleCast(node) && !hasComment(source, node),
        "casts through unknown: mend the types, or say beside it why it holds.",
      ),
    ),
};

function isDoubleCast({ type, expression }: SyntaxNode): boolean {
  if (type !== "TSAsExpression" || !isNode(expression) || expression.type !== "TSAsExpression") return false;
  return isNode(expression["typeAnnotation"]) && expression["typeAnnotation"].type === "TSUnknownKeyword";
}

/** On a line of the node, or on the line above it. */
function hasComment({ syntax }: Source, { start, end }: SyntaxNode): boolean {
  const [first, last] = [syntax.lineAt(start) - 1, syntax.lineAt(end)];
  return syntax.comments.some((comment) => syntax.lineAt(comment.end) >= first && syntax.lineAt(comment.start) <= last);
}

function find(source: Source, matches: (node: SyntaxNode) => boolean, message: string): Finding[] {
  const found: Finding[] = [];
  walk(source.syntax.program, (node) => {
    if (matches(node)) found.push({ path: source.path, line: source.syntax.lineAt(node.start), message });
  });
  return found;
}
