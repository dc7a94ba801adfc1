import { describe, expect, test } from "bun:test";
import { detectorNamed, findWith, foundBy } from "../detectors.fixture.ts";
import { detectorsConfigSchema } from "../config.ts";

describe("links", () => {
  const links = detectorNamed("links", { links: { allow: ["example.org"], deny: ["bad.example.org"] } });
  const hosts = (text: string): string[] => foundBy(links, text);

  test("to allowed hosts and those below pass, others and denied ones do not", () => {
    expect(hosts("see https://example.org/a and https://docs.example.org.")).toEqual([]);
    expect(hosts("https://evil.example/x")).toEqual(["link: https://evil.example/x"]);
    expect(hosts("https://bad.example.org")).toEqual(["link: https://bad.example.org"]);
    expect(hosts("go to www.evil.example now")).toEqual(["link: www.evil.example"]);
  });

  test("tricks with names, ends and slashes do not help", () => {
    for (const url of [
      "https://example.org@evil.example/",
      "https://example.org.evil.example/",
      "https://notexample.org/",
      "https:\\\\evil.example",
      "https://exаmple.org/",
      "HTTPS://EVIL.EXAMPLE/",
    ])
      expect(hosts(`see ${url} for it`)).toEqual([`link: ${url}`]);
    expect(hosts("[click](javascript:alert(1))")).toEqual(["link: javascript:alert(1"]);
  });

  test("images whose address carries text are found on allowed hosts, too", () => {
    const url = "https://example.org/i.png?q=the+whole+conversation+goes+here";
    expect(findWith(links, `![x](${url})`).map(({ kind }) => kind)).toEqual(["exfiltration"]);
    expect(hosts("![x](https://example.org/i.png)")).toEqual([]);
  });
});

describe("code", () => {
  const code = detectorNamed("code", { code: { deny: ["shell"] } });
  test("is known by the name on its block or by its lines", () => {
    expect(foundBy(code, "do:\n```bash\nls\n```\nend")).toEqual(["code: ```bash\nls\n```"]);
    expect(foundBy(code, "#!/bin/bash\nsudo rm -rf /\ncat x | grep y")).toHaveLength(1);
    expect(foundBy(code, "```python\nprint(1)\n```")).toEqual([]);
    expect(foundBy(code, "the shell of an egg")).toEqual([]);
  });
});

describe("language", () => {
  const language = detectorNamed("language", { languages: ["en", "de"] });
  test("others than the allowed ones are found, short texts are let pass", () => {
    expect(findWith(language, "Je ne sais pas comment vous pouvez faire cela dans la maison")).toHaveLength(1);
    expect(findWith(language, "这是一个关于花园的问题")).toHaveLength(1);
    expect(findWith(language, "Ich weiß nicht, wie man das in dem Haus machen kann")).toEqual([]);
    expect(findWith(language, "I do not know what you can do about that")).toEqual([]);
    expect(findWith(language, "ok")).toEqual([]);
  });
});

describe("patterns", () => {
  const config = {
    patterns: [{ name: "project", kind: "project_number", pattern: "\\bPRJ-\\d{4}\\b", ignore_case: true }],
  };
  test("of operators are found with their kind", () => {
    const own = detectorNamed("pattern_project", config);
    expect(foundBy(own, "see prj-1234 and PRJ-99")).toEqual(["project_number: prj-1234"]);
    expect(own.reach).toBe(128);
  });

  test("that RE2 does not know, or that match everywhere, are refused by the config", () => {
    for (const pattern of ["(?=a)b", "(a", "\\1", "a*"])
      expect(detectorsConfigSchema.safeParse({ patterns: [{ name: "bad", pattern }] }).success).toBe(false);
    expect(detectorsConfigSchema.safeParse({ pii: { kind: ["card"] } }).success).toBe(false);
  });
});
