// The threat model says of each threat what shows that something is done about it: what it names must be there, and be a test or a drill.
import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { drills } from "../../drills/catalogue.ts";

const root = join(import.meta.dir, "../..");
const page = readFileSync(join(root, "docs/guide/security.md"), "utf8");

/** The lists as their makers name them: OWASP, 2025 and 2026. */
const THREATS = [
  "LLM01 Prompt injection",
  "LLM02 Sensitive information disclosure",
  "LLM03 Supply chain",
  "LLM04 Data and model poisoning",
  "LLM05 Improper output handling",
  "LLM06 Excessive agency",
  "LLM07 System prompt leakage",
  "LLM08 Vector and embedding weaknesses",
  "LLM09 Misinformation",
  "LLM10 Unbounded consumption",
  "ASI01 Agent goal hijack",
  "ASI02 Tool misuse and exploitation",
  "ASI03 Identity and privilege abuse",
  "ASI04 Agentic supply chain vulnerabilities",
  "ASI05 Unexpected code execution",
  "ASI06 Memory and context poisoning",
  "ASI07 Insecure inter-agent communication",
  "ASI08 Cascading failures",
  "ASI09 Human-agent trust exploitation",
  "ASI10 Rogue agents",
];

/** By its heading, the parts of a threat by how they begin. */
function partsOf(text: string): Map<string, Map<string, string>> {
  const sections = text.split(/^##+ /m).slice(1);
  return new Map(
    sections.map((section) => {
      const [heading = "", ...rest] = section.split("\n");
      const parts = [...rest.join("\n").matchAll(/^- \*\*([^*]+)\*\*:([^]*?)(?=^- \*\*|(?![^]))/gm)];
      return [heading.trim(), new Map(parts.map(([, name = "", said = ""]) => [name, said.trim()]))];
    }),
  );
}

/** What shows nothing: no test of this repository, and no drill. */
function idle(text: string): string[] {
  const named = [...text.matchAll(/`((?:src|test|console|drills)\/[^`\s]+)`/g)].map(([, path = ""]) => path);
  const drilled = [...text.matchAll(/`npm run drill -- ([\w-]+)`/g)].map(([, name = ""]) => name);
  return [
    ...named.filter((path) => !path.endsWith(".test.ts") || !existsSync(join(root, path))),
    ...drilled.filter((name) => !drills.some((drill) => drill.name === name)),
  ];
}

describe("the page on security", () => {
  const parts = partsOf(page);

  test("has each threat of both lists, with what it is, what is done, what shows it, and what remains", () => {
    expect([...parts.keys()].filter((heading) => /^(LLM|ASI)\d/.test(heading))).toEqual(THREATS);
    for (const threat of THREATS) {
      const said = parts.get(threat);
      expect([...(said?.keys() ?? [])]).toEqual(["What it is", "Here", "Shown by", "Remains"]);
      expect([threat, /`[^`]+(\.test\.ts|drill -- \w+)`/.test(said?.get("Shown by") ?? "")]).toEqual([threat, true]);
    }
  });

  test("names tests and drills that are there", () => {
    expect(idle(page)).toEqual([]);
    expect(idle("`src/nothing.test.ts`, `src/main.ts`, `npm run drill -- nothing`, `npm run drill -- audit`")).toEqual([
      "src/nothing.test.ts",
      "src/main.ts",
      "nothing",
    ]);
  });

  test("has an attack and what tries it in each row of its table", () => {
    const rows = [...page.matchAll(/^\| (.*?) \| (.*?) \|$/gm)].slice(2);
    expect(rows.length).toBeGreaterThan(10);
    for (const [, attack = "", tried = ""] of rows)
      expect([attack, tried.includes(".test.ts")]).toEqual([attack, true]);
  });
});
