import { expect, test } from "bun:test";
import type { FinishedLine } from "../batch.ts";
import { writeResultLine } from "./result-line.ts";

const line: FinishedLine = {
  line: 4,
  customId: 'quoted "id"',
  outcome: "succeeded",
  status: 200,
  callId: "call-1",
  body: '{\r\n  "big": 12345678901234567890,\n  "text": "a\\nb"\n}',
};

test("an answer stays as the vendor wrote it, on one line", () => {
  const written = writeResultLine("openai", "batch_abc", line);
  expect(written.trimEnd()).not.toContain("\n");
  expect(written).toContain('"big": 12345678901234567890');
  expect(JSON.parse(written)).toMatchObject({
    id: "batch_req_abc_4",
    custom_id: 'quoted "id"',
    response: { status_code: 200, request_id: "call-1", body: { text: "a\nb" } },
    error: null,
  });
  expect(JSON.parse(writeResultLine("anthropic", "msgbatch_abc", line))).toMatchObject({
    custom_id: 'quoted "id"',
    result: { type: "succeeded", message: { text: "a\nb" } },
  });
});

test("what was not carried out says so in both protocols", () => {
  const none = { ...line, status: null, callId: null, body: null };
  const say = (kind: "openai" | "anthropic", outcome: FinishedLine["outcome"]) =>
    JSON.parse(writeResultLine(kind, "batch_abc", { ...none, outcome })) as unknown;
  expect(say("openai", "expired")).toMatchObject({ response: null, error: { code: "batch_expired" } });
  expect(say("openai", "cancelled")).toMatchObject({ response: null, error: { code: "batch_cancelled" } });
  expect(say("anthropic", "expired")).toMatchObject({ result: { type: "expired" } });
  expect(say("anthropic", "cancelled")).toMatchObject({ result: { type: "canceled" } });
});
