import { expect, test } from "bun:test";
import type { CallDetail } from "../../../../ledger/contract.ts";
import { renderLine } from "../../terminal/style.ts";
import { sampleCall } from "../../testing/sample-call.ts";
import { describeShaping } from "./describe-shaping.ts";

const said = (changes: Partial<CallDetail>): string[] =>
  describeShaping(sampleCall(changes)).map((line) => renderLine(line, false).replaceAll(/ +/g, " ").trim());

test("a call of which nothing was made says nothing of it", () => expect(said({})).toEqual([]));

test("a prompt, what was left out and how the answer was checked have a line each", () => {
  const lines = said({
    prompt: { id: "greet", version: "2", hash: "0123456789abcdef" },
    compression: { input_tokens_before: 1000, input_tokens_after: 800, saved_usd_micros: 1000 },
    validation: { outcome: "valid", asked_again: 2, problem: "age: missing" },
  });
  expect(lines).toEqual([
    "Prompt greet · version 2 · sha256 0123456789ab…",
    expect.stringMatching(/^Compressed about 800 of 1.?000 tokens sent · saved \$0\.001/),
    "Checked valid · asked again 2 times · age: missing",
  ]);
});
