// What was said, in the conventions' messages; and what is left out of them.
import { expect, test } from "bun:test";
import { readContent } from "./content.ts";
import { exportedCall } from "./export.fixture.ts";

const ref = { hash: "", media_type: "application/json", size_bytes: 1, stored_bytes: 1 };
const call = exportedCall({
  dialect: "openai-chat",
  stream: false,
  bodies: { request: ref, response: ref },
});
const bodies = {
  request: Buffer.from(JSON.stringify({ model: "m", messages: [{ role: "user", content: "Where is north?" }] })),
  response: Buffer.from(
    JSON.stringify({ choices: [{ message: { role: "assistant", content: "There." }, finish_reason: "stop" }] }),
  ),
};
const ledgerOf = (found: typeof bodies | undefined) => ({ readBodies: () => Promise.resolve(found) });

test("question and answer are told apart", async () => {
  const { input, output } = await readContent(ledgerOf(bodies), call, 10_000);
  expect(JSON.parse(input ?? "")).toEqual([{ role: "user", parts: [{ type: "text", content: "Where is north?" }] }]);
  expect(JSON.parse(output ?? "")).toEqual([{ role: "assistant", parts: [{ type: "text", content: "There." }] }]);
});

test("what is too long, not stored or cannot be read now is left out, and nothing fails", async () => {
  const nothing = { input: null, output: null };
  expect(await readContent(ledgerOf(bodies), call, 10)).toEqual(nothing);
  expect(await readContent(ledgerOf(undefined), call, 10_000)).toEqual(nothing);
  expect(await readContent({ readBodies: () => Promise.reject(new Error("away")) }, call, 10_000)).toEqual(nothing);
  expect(await readContent(ledgerOf(bodies), { ...call, operation: "embeddings" }, 10_000)).toEqual(nothing);
});
