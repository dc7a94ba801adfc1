// Which operations of the API a source file asks for, read from its syntax: every chain that begins at a typed client, such as
// `api.client.calls.list`, through names that were given to parts of it in between. Names of clients are `client`, `api` and `stream`.
import { isNode, type Source, type SyntaxNode, walk } from "../../tools/syntax.ts";

const CLIENTS = new Set(["client", "api", "stream"]);
/** A step that is chosen while the program runs: `client[kind].list`. */
const ANY = "*";

type Path = readonly string[];

/** A name for parts of a client, and the stretch of text in which it stands for them. */
interface Alias {
  name: string;
  paths: readonly Path[];
  within: SyntaxNode;
}

export interface Chosen {
  /** Whether a step that is chosen while the program runs may be this one, in this file. */
  mayBe(name: string, source: Source): boolean;
}

/** Every name for a step that is chosen at run time: more than is asked for, never less. */
export const anyName: Chosen = { mayBe: () => true };
/** Those that the file spells out in quotes: where it is about what certainly is asked for. */
export const quotedNames: Chosen = { mayBe: (name, { text }) => text.includes(`"${name}"`) };

export function operationsCalled(
  source: Source,
  { operations, chosen }: { operations: readonly string[]; chosen: Chosen },
): Set<string> {
  const aliases: Alias[] = [];
  const paths: Path[] = [];
  walk(source.syntax.program, (node, ancestors) => {
    const within = ancestors.findLast(isFunction) ?? source.syntax.program;
    if (node.type === "VariableDeclarator") aliases.push(...aliasesOf(node, { aliases, within }));
    if (node.type === "FunctionDeclaration") aliases.push(...answerOf(node, { aliases, within }));
    paths.push(...pathsOf(node, aliases));
  });
  const mayBe = (name: string): boolean => chosen.mayBe(name, source);
  const isCalled = (operation: string): boolean => paths.some((path) => fits(path, operation.split("."), mayBe));
  return new Set(operations.filter(isCalled));
}

function fits(path: Path, operation: Path, mayBe: (name: string) => boolean): boolean {
  // A part that is chosen as a whole is asked for by what follows it.
  if (path.length !== operation.length || (path.length === 1 && path[0] === ANY)) return false;
  return path.every((step, place) => {
    const name = operation[place] ?? "";
    return step === name || (step === ANY && mayBe(name));
  });
}

/** What an expression may be of a client. Nothing for what has nothing to do with one. */
function pathsOf(node: unknown, aliases: readonly Alias[]): Path[] {
  if (!isNode(node)) return [];
  if (node.type === "Identifier") return pathsOfName(node, aliases);
  if (node.type === "MemberExpression") return pathsOfMember(node, aliases);
  if (node.type === "CallExpression") return isNode(node["callee"]) ? pathsOfAnswer(node["callee"], aliases) : [];
  if (node.type === "ObjectExpression")
    return (node["properties"] as SyntaxNode[]).flatMap(({ value }) => pathsOf(value, aliases));
  if (node.type === "ConditionalExpression")
    return [...pathsOf(node["consequent"], aliases), ...pathsOf(node["alternate"], aliases)];
  return [];
}

function pathsOfName(node: SyntaxNode, aliases: readonly Alias[]): Path[] {
  const name = String(node["name"]);
  if (CLIENTS.has(name)) return [[]];
  return aliases.filter((alias) => alias.name === name && stands(alias, node)).flatMap(({ paths }) => paths);
}

/** Only what a function of the same file gives back: `routesOf(cli, kind).list`. */
function pathsOfAnswer(callee: SyntaxNode, aliases: readonly Alias[]): Path[] {
  return callee.type === "Identifier" ? pathsOfName({ ...callee, name: `${String(callee["name"])}()` }, aliases) : [];
}

function pathsOfMember({ object, property, computed }: SyntaxNode, aliases: readonly Alias[]): Path[] {
  if (!isNode(property)) return [];
  const name = computed === true ? ANY : String(property["name"]);
  if (CLIENTS.has(name)) return [[]];
  // One out of several that are spelt out is each of them.
  if (computed === true && isNode(object) && object.type === "ObjectExpression") return pathsOf(object, aliases);
  return pathsOf(object, aliases).map((path) => [...path, name]);
}

interface Place {
  aliases: readonly Alias[];
  within: SyntaxNode;
}

/** `const { policies } = api.client`, `const route = api.client.routes`. */
function aliasesOf({ id, init }: SyntaxNode, { aliases, within }: Place): Alias[] {
  if (!isNode(id)) return [];
  const paths = pathsOf(init, aliases);
  if (paths.length === 0) return [];
  if (id.type === "Identifier") return [{ name: String(id["name"]), paths, within }];
  if (id.type !== "ObjectPattern") return [];
  return (id["properties"] as SyntaxNode[]).flatMap(({ key, value }) => {
    if (!isNode(key) || !isNode(value) || value.type !== "Identifier") return [];
    const step = String(key["name"]);
    if (CLIENTS.has(step)) return [];
    return [{ name: String(value["name"]), paths: paths.map((path) => [...path, step]), within }];
  });
}

function answerOf(declared: SyntaxNode, { aliases, within }: Place): Alias[] {
  const { id, body } = declared;
  if (!isNode(id) || !isNode(body)) return [];
  const paths: Path[] = [];
  walk(body, (node) => {
    if (isFunction(node)) return false;
    if (node.type === "ReturnStatement") paths.push(...pathsOf(node["argument"], aliases));
  });
  return paths.length === 0 ? [] : [{ name: `${String(id["name"])}()`, paths, within }];
}

const isFunction = ({ type }: SyntaxNode): boolean => /Function/.test(type) && type !== "TSFunctionType";

const stands = ({ within }: Alias, { start, end }: SyntaxNode): boolean => within.start <= start && end <= within.end;
