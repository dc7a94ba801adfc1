// Seals go out with their maker's name, and come back to it alone.
import { expect, test } from "bun:test";
import type { ChatEvent, ChatRequest, Part } from "../contract.ts";
import { openSeals, sealEvent } from "./seals.ts";

const asked = (...parts: Part[]): ChatRequest => ({
  model: "m",
  dialect: "anthropic-messages",
  stream: false,
  messages: [{ role: "assistant", parts }],
});

test("a signature comes back as it was, with its maker", () => {
  const event: ChatEvent = { type: "reasoning_signature", choice: 0, signature: "a.b==" };
  const sealed = sealEvent(event, "gemini");
  const signature = sealed.type === "reasoning_signature" ? sealed.signature : "";
  expect(signature).not.toBe("a.b==");
  const opened = openSeals(asked({ type: "reasoning", text: "hm", signature }));
  expect(opened.messages[0]?.parts).toEqual([
    { type: "reasoning", text: "hm", signature: "a.b==", sealed_by: "gemini" },
  ]);
});

test("encrypted reasoning keeps its id", () => {
  const part: Part = { type: "reasoning", text: "", id: "rs_1", redacted: "gAAA" };
  const sealed = sealEvent({ type: "part", choice: 0, part }, "openai-responses");
  const handedOut = sealed.type === "part" ? sealed.part : part;
  expect(handedOut).not.toHaveProperty("id");
  expect(openSeals(asked(handedOut)).messages[0]?.parts).toEqual([{ ...part, sealed_by: "openai-responses" }]);
});

test("a vendor's own seal, and all else, stays as it is", () => {
  const request = asked({ type: "reasoning", text: "hm", signature: "own" }, { type: "text", text: "bn1.gemini..x" });
  expect(openSeals(request)).toEqual(request);
  const event: ChatEvent = { type: "text", choice: 0, text: "x" };
  expect(sealEvent(event, "gemini")).toBe(event);
});
