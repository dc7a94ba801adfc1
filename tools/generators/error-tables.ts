// Reads the tables of errors out of the sources, without running them: a message is a template over parameters, and its
// text with the parameters' names in it is just what the reference should show.
import { createSource, dottedName, isNode, type Source, type SyntaxNode, walk } from "../syntax.ts";

export interface ErrorEntry {
  code: string;
  /** As it is written: a number, or "varies". */
  status: string;
  retry: string;
  message: string;
  fix: string;
}

/** The errors of every `defineErrors("room", { … })` in a file, in its order. */
export function readErrorTables(path: string, text: string): ErrorEntry[] {
  const source = createSource(path, text);
  const entries: ErrorEntry[] = [];
  walk(source.syntax.program, (node) => {
    if (node.type !== "CallExpression" || dottedName(node["callee"]) !== "defineErrors") return;
    const [room, table] = node["arguments"] as [SyntaxNode, SyntaxNode];
    for (const [name, value] of properties(table))
      entries.push(readEntry(`${String(room["value"])}.${name}`, value, constantsOf(source)));
  });
  return entries;
}

function readEntry(code: string, describe: SyntaxNode, constants: Map<string, SyntaxNode>): ErrorEntry {
  const spec = new Map(properties(unwrap(describe["body"])));
  const text = (name: string): string => {
    const node = spec.get(name);
    return node === undefined ? "" : render(node, constants).trim();
  };
  if (text("message") === "" || text("fix") === "")
    throw new Error(`${code}: write status, message and fix in the table itself, so that the reference can show them`);
  const status = text("status");
  return {
    code,
    status: /^\d+$/.test(status) ? status : "varies",
    retry: spec.has("retry") ? text("retry") : "never",
    message: text("message"),
    fix: text("fix"),
  };
}

function properties(node: unknown): [string, SyntaxNode][] {
  if (!isNode(node) || node.type !== "ObjectExpression") return [];
  return (node["properties"] as SyntaxNode[]).map((property) => [
    dottedName(property["key"]) ?? "",
    property["value"] as SyntaxNode,
  ]);
}

function unwrap(node: unknown): SyntaxNode | undefined {
  if (!isNode(node)) return undefined;
  return node.type === "ParenthesizedExpression" ? unwrap(node["expression"]) : node;
}

/** Constants at the top of the file, such as a fix that several errors share. */
function constantsOf({ syntax }: Source): Map<string, SyntaxNode> {
  const declarations = (syntax.program["body"] as SyntaxNode[]).filter(({ type }) => type === "VariableDeclaration");
  return new Map(
    declarations
      .flatMap((declaration) => declaration["declarations"] as SyntaxNode[])
      .flatMap(({ id, init }) => (isNode(init) ? [[dottedName(id) ?? "", init] as const] : [])),
  );
}

/** The text that an expression makes, with `‹name›` where a parameter goes. */
function render(node: SyntaxNode, constants: Map<string, SyntaxNode>): string {
  const inner = (child: unknown): string => (isNode(child) ? render(child, constants) : "");
  if (node.type === "Literal") return String(node["value"]);
  if (node.type === "ParenthesizedExpression") return inner(node["expression"]);
  if (node.type === "TemplateLiteral") return renderTemplate(node, inner);
  if (node.type === "ConditionalExpression") {
    const [then, otherwise] = [inner(node["consequent"]), inner(node["alternate"])];
    if (then === "" || otherwise === "") return `[${then}${otherwise}]`;
    return `${then} / ${otherwise}`;
  }
  const constant = constants.get(dottedName(node) ?? "");
  return constant === undefined ? `‹${parameterIn(node)}›` : render(constant, constants);
}

function renderTemplate(node: SyntaxNode, inner: (child: unknown) => string): string {
  const expressions = node["expressions"] as SyntaxNode[];
  return (node["quasis"] as { value: { cooked: string } }[])
    .map(({ value }, at) => value.cooked + inner(expressions[at]))
    .join("");
}

/** `model` for `JSON.stringify(p.model)`: the first property of a parameter that the expression reads. */
function parameterIn(node: SyntaxNode): string {
  let found: string | undefined;
  walk(node, (child) => {
    const name = dottedName(child);
    if (child.type === "MemberExpression" && name !== undefined && name.startsWith("p.")) found ??= name.split(".")[1];
  });
  return found ?? "…";
}
