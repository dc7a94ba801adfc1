import { expect, test } from "bun:test";
import { StringStream } from "@codemirror/language";
import { readCedarToken } from "./cedar-tokens.ts";

function tokensOf(line: string): string[] {
  const stream = new StringStream(line, 2, 2);
  const found: string[] = [];
  while (!stream.eol()) {
    const kind = readCedarToken(stream);
    if (kind !== null && kind !== "punctuation") found.push(`${kind}:${stream.current()}`);
    stream.start = stream.pos;
  }
  return found;
}

test("tells the words of a policy apart", () => {
  expect(tokensOf('@id("p1") permit (principal in Team::"ops", action, resource) when { context.cost < 5 };')).toEqual([
    "meta:@id",
    'string:"p1"',
    "keyword:permit",
    "propertyName:principal",
    "keyword:in",
    "typeName:Team",
    'string:"ops"',
    "propertyName:action",
    "propertyName:resource",
    "keyword:when",
    "propertyName:context",
    "number:5",
  ]);
});

test("comes to the end of whatever it is given", () => {
  expect(tokensOf('"open string // ☂ \\')).toEqual(['string:"open string // ☂ \\']);
  expect(tokensOf("// all of this")).toEqual(["comment:// all of this"]);
});
