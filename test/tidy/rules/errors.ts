// A room lists its errors once, in errors.ts, so that they can be read, counted and documented in one place.
import { isTest, type Rule } from "../house.ts";
import { dottedName, walk } from "../../../tools/syntax.ts";

export const errorTables: Rule = {
  name: "error-tables",
  title: "errors are defined in the room's errors.ts",
  check: ({ sources }) =>
    sources
      .filter(({ path }) => path.startsWith("src/") && !isTest(path) && !path.endsWith("/errors.ts"))
      .flatMap(({ path, syntax }) => {
        const lines: number[] = [];
        walk(syntax.program, (node) => {
          if (node.type === "CallExpression" && dottedName(node["callee"]) === "defineErrors")
            lines.push(syntax.lineAt(node.start));
        });
        return lines.map((line) => ({
          path,
          line,
          message: "defines errors: move the table to the room's errors.ts.",
        }));
      }),
};
