// Who may ask an address without asking first what it is: those whose addresses stand in the operator's own config. All others
// go through the World's fetchPublic, to public servers only. The former are in exceptions.ts, each with where its addresses come from.
import { type Finding, type House, isTest, type Rule } from "../house.ts";
import { dottedName, isNode, type SyntaxNode, walk } from "../../../tools/syntax.ts";

const ANY_ADDRESS = /(^|\.)world\.(fetch|openSocket)$/;

export const outbound: Rule = {
  name: "outbound",
  title:
    "an address that a user or another server named is asked by fetchPublic; who asks others says where they come from",
  check: ({ sources }: House) =>
    sources
      .filter(({ path }) => path.startsWith("src/") && !isTest(path) && !path.endsWith(".fixture.ts"))
      .flatMap(({ path, syntax }) => {
        const found: Finding[] = [];
        walk(syntax.program, (node) => {
          const name = node.type === "MemberExpression" ? dottedName(node) : takenFromWorld(node);
          if (name !== undefined && ANY_ADDRESS.test(name))
            found.push({
              path,
              line: syntax.lineAt(node.start),
              message: `asks any address by ${name}: take fetchPublic.`,
            });
        });
        return found;
      }),
};

/** What sends a request from a browser. */
const SENDERS = new Set(["fetch", "XMLHttpRequest", "EventSource", "WebSocket", "sendBeacon"]);

export const consoleAsks: Rule = {
  name: "console-asks",
  title: "the console asks through the typed client; whatever asks besides says why",
  check: ({ sources }: House) =>
    sources
      .filter(({ path }) => path.startsWith("console/src/") && !isTest(path))
      .flatMap(({ path, syntax }) => {
        const found: Finding[] = [];
        walk(syntax.program, (node, ancestors) => {
          const name = String(node["name"]);
          if (node.type === "Identifier" && SENDERS.has(name) && !isKey(node, ancestors.at(-1)))
            found.push({ path, line: syntax.lineAt(node.start), message: `sends by ${name}: take the typed client.` });
        });
        return found;
      }),
};

/** `{ fetch: … }` hands one in, and sends nothing by itself. */
function isKey(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  return parent?.type === "Property" && parent["key"] === node && parent["shorthand"] !== true;
}

/** `const { fetch } = world` is no way around it. */
function takenFromWorld({ type, id, init }: SyntaxNode): string | undefined {
  if (type !== "VariableDeclarator" || !isNode(id) || id.type !== "ObjectPattern" || !isNode(init)) return undefined;
  const names = (id["properties"] as SyntaxNode[]).map(({ key }) => (isNode(key) ? key["name"] : undefined));
  const taken = names.find((name) => name === "fetch" || name === "openSocket");
  return taken === undefined ? undefined : `${dottedName(init) ?? ""}.${String(taken)}`;
}
