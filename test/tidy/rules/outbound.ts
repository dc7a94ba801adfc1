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

/** `const { fetch } = world` is no way around it. */
function takenFromWorld({ type, id, init }: SyntaxNode): string | undefined {
  if (type !== "VariableDeclarator" || !isNode(id) || id.type !== "ObjectPattern" || !isNode(init)) return undefined;
  const names = (id["properties"] as SyntaxNode[]).map(({ key }) => (isNode(key) ? key["name"] : undefined));
  const taken = names.find((name) => name === "fetch" || name === "openSocket");
  return taken === undefined ? undefined : `${dottedName(init) ?? ""}.${String(taken)}`;
}
