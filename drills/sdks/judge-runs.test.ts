import { describe, expect, test } from "bun:test";
import { judgeRuns } from "./judge-runs.ts";
import { publishedSdks } from "./published-tests.ts";
import { reasons } from "./reasons.ts";
import { describeRequest, lostOf, type SentRequest } from "./sent-request.ts";
import type { TestOutcome } from "./run-tests.ts";

const [openai] = publishedSdks;
if (!openai) throw new Error("there is no SDK");
const checkout = { sdk: openai, version: "1", installedVersion: "2", tests: "", files: [] };
const outcomeOf = (file: string, title: string, outcome: TestOutcome["outcome"]): TestOutcome => ({
  file: `api-resources/${file}.test.ts`,
  title,
  outcome,
  message: outcome === "failed" ? "404 Not there" : "",
});
const judge = (...outcomes: TestOutcome[]) => judgeRuns(checkout, [{ name: "passed", outcomes }]);

describe("what the published tests amount to", () => {
  test("counts by resource; a failure with a reason is none", () => {
    const { table, checks, figures } = judge(
      outcomeOf("images", "resource images > generate", "passed"),
      outcomeOf("images", "resource images > createVariation: only required params", "failed"),
      outcomeOf("audio/speech", "resource speech > create", "skipped"),
    );
    expect(table?.slice(1)).toEqual([
      ["", "passed", "images", "2", "1", "1", "0", "0", "0"],
      ["", "passed", "audio", "1", "0", "0", "0", "1", "0"],
      ["", "passed", "all", "3", "1", "1", "0", "1", "0"],
    ]);
    expect(checks[0]).toMatchObject({ holds: true });
    expect(figures).toMatchObject({ passed_tests: 3, passed_hold: 1 });
  });

  test("names a failure without a reason, and a request that did not arrive", () => {
    const failed = outcomeOf("images", "resource images > generate", "failed");
    const { checks } = judgeRuns(checkout, [{ name: "passed", outcomes: [failed], sent: 1, lost: ["POST /v1/x"] }]);
    expect(checks.filter(({ holds }) => !holds).map(({ found }) => found)).toContain("404 Not there");
    expect(checks.filter(({ holds }) => !holds).map(({ found }) => found)).toContain("POST /v1/x");
  });

  test("finds that nothing ran, and reasons that nothing needs any more", () => {
    const broken = judge().checks.filter(({ holds }) => !holds);
    expect(broken.map(({ found }) => found)).toEqual([
      "no test ran",
      "1 surprises",
      expect.stringContaining(reasons[0]?.reason ?? "?"),
    ]);
  });
});

describe("a request", () => {
  const request = (more: Partial<SentRequest> = {}): SentRequest => ({
    method: "POST",
    path: "/v1/messages",
    headers: new Headers({ "content-type": "application/json" }),
    bytes: new TextEncoder().encode("{}").buffer,
    ...more,
  });
  const formOf = async (boundary: string): Promise<SentRequest> => {
    const lines = [`--${boundary}`, 'Content-Disposition: form-data; name="prompt"', "", "Ahoy", `--${boundary}--`, ""];
    const headers = new Headers({ "content-type": `multipart/form-data; boundary=${boundary}` });
    return request({ headers, bytes: new TextEncoder().encode(lines.join("\r\n")).buffer });
  };

  test("is the same whatever its form's boundary, and another with other bytes or words in its headers", async () => {
    expect(await describeRequest(await formOf("a"))).toBe(await describeRequest(await formOf("b")));
    const plain = await describeRequest(request());
    expect(await describeRequest(request({ bytes: new TextEncoder().encode("{ }").buffer }))).not.toBe(plain);
    const headers = { "content-type": "application/json", "anthropic-beta": "x" };
    expect(await describeRequest(request({ headers: new Headers(headers) }))).not.toBe(plain);
    const unsaid = { "content-type": "application/json", "user-agent": "x" };
    expect(await describeRequest(request({ headers: new Headers(unsaid) }))).toBe(plain);
  });

  test("that was sent twice and heard once is lost once", () => {
    expect(lostOf(["a", "a", "b"], ["b", "a", "c"])).toEqual(["a"]);
  });
});
