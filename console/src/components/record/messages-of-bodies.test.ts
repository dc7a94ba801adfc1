import { expect, test } from "bun:test";
import { isConversation, messagesOfBodies } from "./messages-of-bodies.ts";

const bodyOf = (text: string) => ({ media_type: "application/json", size_bytes: text.length, cut: false, text });

test("reads messages of both sides, with the tools that they call", () => {
  const request = [
    {
      role: "user",
      content: [
        { type: "text", text: "a" },
        { type: "image", uri: "x" },
      ],
    },
  ];
  const call = { id: null, type: "function", function: { name: "find", arguments: '{"q":1}' } };
  const response = [{ role: "assistant", content: null, tool_calls: [call] }];
  expect(messagesOfBodies(bodyOf(JSON.stringify(request)), bodyOf(JSON.stringify(response)))).toEqual([
    { role: "user", text: 'a\n{"type":"image","uri":"x"}', tool_calls: [] },
    { role: "assistant", text: "", tool_calls: [{ name: "find", arguments: '{"q":1}' }] },
  ]);
});

test("shows what is no list of messages, or cut off, as it came", () => {
  expect(messagesOfBodies(bodyOf('{"number":"HB-1"}'), bodyOf('"plain"'))).toEqual([
    { role: "input", text: '{"number":"HB-1"}', tool_calls: [] },
    { role: "output", text: "plain", tool_calls: [] },
  ]);
  expect(messagesOfBodies(bodyOf('[{"role":"us'), null)).toEqual([
    { role: "input", text: '[{"role":"us', tool_calls: [] },
  ]);
  expect(messagesOfBodies(null, null)).toEqual([]);
  expect([bodyOf('[{"role":"user"}]'), bodyOf("[]"), bodyOf("{}"), null].map(isConversation)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
