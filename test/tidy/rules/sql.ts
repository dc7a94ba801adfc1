// A room's tables are its own business: its store.ts speaks SQL, its migrations make the tables, nobody else does.
import { type Finding, type House, isTest, type Rule, roomOf } from "../house.ts";
import { dottedName, isNode, type Source, walk } from "../../../tools/syntax.ts";

const BUILDER = /\.(selectFrom|insertInto|updateTable|deleteFrom|mergeInto|schema\.createTable)$/;
const COLUMNS = String.raw`(\*|[\w.*"]+(\s*,\s*[\w.*"]+)*|\w+\([^)]*\).*)`;
const STATEMENT = new RegExp(
  String.raw`^\s*(select\s+${COLUMNS}\s+from|insert\s+into|update\s+\S+\s+set|delete\s+from|(create|alter|drop)\s+(table|index|view|schema))\s`,
  "i",
);
const CREATED = /create\s+table\s+(?:if\s+not\s+exists\s+)?"?([a-z_]+)"?|createTable\(\s*["'`]([a-z_]+)/gi;

function speaksSql(path: string): boolean {
  return /\/(store(-[a-z-]+)?\.ts$|store\/|migrations\/)/.test(path) || roomOf(path) === "storage";
}

export const sqlPlace: Rule = {
  name: "sql",
  title: "only a room's store and its migrations speak SQL",
  check: (house) =>
    roomFiles(house)
      .filter(({ path }) => !speaksSql(path))
      .flatMap(findSql),
};

function roomFiles({ sources }: House): Source[] {
  return sources.filter(({ path }) => path.startsWith("src/") && !isTest(path));
}

function findSql({ path, syntax }: Source): Finding[] {
  const lines = new Set<number>();
  walk(syntax.program, (node) => {
    const isBuilt = node.type === "CallExpression" && BUILDER.test(memberPath(node["callee"]));
    const isTagged = node.type === "TaggedTemplateExpression" && dottedName(node["tag"]) === "sql";
    const text =
      node.type === "Literal"
        ? node["value"]
        : node.type === "TemplateElement"
          ? (node["value"] as { raw: string }).raw
          : "";
    if (isBuilt || isTagged || (typeof text === "string" && STATEMENT.test(text))) lines.add(syntax.lineAt(node.start));
  });
  return [...lines].map((line) => ({ path, line, message: "speaks SQL: move the statement to the room's store.ts." }));
}

/** `.selectFrom` of any chain of calls, `.schema.createTable` too. */
function memberPath(node: unknown): string {
  if (!isNode(node) || node.type !== "MemberExpression") return "";
  return `${memberPath(node["object"])}.${dottedName(node["property"]) ?? "?"}`;
}

export const tableOwners: Rule = {
  name: "tables",
  title: "a room's tables are read and written by that room alone",
  check(house) {
    const files = roomFiles(house).filter(({ path }) => speaksSql(path));
    const owners = new Map(
      files.flatMap((file) => tablesCreated(file).map((table) => [table, roomOf(file.path)] as const)),
    );
    return files.flatMap((file) =>
      [...owners]
        .filter(([table, owner]) => owner !== roomOf(file.path) && mentionsTable(file.text, table))
        .map(([table, owner]) => ({
          path: file.path,
          line: 0,
          message: `uses the table ${table}, which belongs to ${owner}: ask that room through its front door.`,
        })),
    );
  },
};

function tablesCreated({ text }: Source): string[] {
  return [...text.matchAll(CREATED)].flatMap(([, written, built]) => written ?? built ?? []);
}

function mentionsTable(text: string, table: string): boolean {
  return new RegExp(
    `(?:\\b(?:from|into|update|join|table)\\s+"?|(?:selectFrom|insertInto|updateTable|deleteFrom|[jJ]oin)\\(\\s*["'\`])${table}\\b`,
  ).test(text);
}
