import { expect, test } from "bun:test";
import { anthropicMessages } from "../../anthropic-messages/index.ts";
import { forgetItems } from "./forget-items.ts";
import { readResponsesRequest } from "./request-in.ts";

const text = { type: "output_text", text: "Yes.", annotations: [] };
const spoken = { type: "message", id: "msg_1", role: "assistant", status: "completed", content: [text] };
const input = [
  { type: "message", id: "msg_0", role: "user", content: "Add." },
  spoken,
  { type: "function_call", id: "fc_1", call_id: "a", name: "add", arguments: "{}", status: "completed" },
  { ...spoken, id: "msg_2", phase: "commentary" },
  { type: "custom_tool_call", id: "ctc_1", call_id: "b", name: "run", input: "{}" },
  { type: "function_call_output", id: "fco_1", call_id: "a", output: "1", status: "completed" },
];

test("ids and the like need not be named as lost, but all else", () => {
  const books = { store: false, include: ["reasoning.encrypted_content"] };
  const request = readResponsesRequest({ model: "m", input, ...books, truncation: "auto" });
  const { dropped } = anthropicMessages.vendor.writeRequest(forgetItems(request), { model: "m" });
  expect(dropped.map(({ what }) => what)).toEqual([
    "truncation",
    "messages.1.parts.1.item",
    "messages.1.tool_calls.1.item",
  ]);
});

test("a request without any of it is the same", () => {
  const request = readResponsesRequest({ model: "m", input: "Hello", store: true, include: ["x"], temperature: 1 });
  expect(forgetItems(request)).toEqual(request);
});
