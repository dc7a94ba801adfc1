// Open redirects: whatever is asked for, where one goes is here.
import { describe, expect, test } from "bun:test";
import { safePath } from "./safe-path.ts";

describe("a place to return to", () => {
  test.each(["/", "/#/calls", "/#/calls/1?outcome=failed&model=a%2Fb", "/api/docs#x", "/a/b?c=https://evil.example"])(
    "%s is ours",
    (path) => expect(safePath(path)).toBe(path),
  );

  test.each([
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/.//evil.example",
    "/a/..//evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "@evil.example",
    " //evil.example",
    "/%5c%5cevil.example/..//..//evil.example\u2028",
    `/${"a".repeat(3000)}`,
    "",
    null,
    undefined,
  ])("%p leads nowhere but home", (asked) => {
    const path = safePath(asked);
    expect(new URL(path, "https://binnacle.example.com").origin).toBe("https://binnacle.example.com");
    expect(path).toBe("/");
  });
});
