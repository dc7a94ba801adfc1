import { expect, test } from "bun:test";
import { createStandIns, withLimits } from "./stand-ins.ts";

const asked: string[] = [];
const standIn = createStandIns({
  url: "http://here",
  key: "bk_1",
  async fetch(address, { method, body }) {
    asked.push(`${method} ${new URL(address).pathname}`);
    const isBackground = typeof body === "string" && body.includes('"background":true');
    return Response.json({ id: isBackground ? "resp_working" : `made-${asked.length}`, processing_status: "ended" });
  },
});
const bytesOf = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer;
const request = (method: string, path: string, body = "") => ({
  method,
  address: `http://here/v1${path}`,
  bytes: bytesOf(body),
});

test("what is only named is made first, in the address and in the body", async () => {
  expect((await standIn(request("GET", "/files/file_id"))).address).toBe("http://here/v1/files/made-1");
  expect((await standIn(request("POST", "/responses/response_id/cancel"))).address).toEndWith("/resp_working/cancel");
  asked.length = 0;
  expect((await standIn(request("DELETE", "/messages/batches/message_batch_id?beta=true"))).address).toBe(
    "http://here/v1/messages/batches/made-1?beta=true",
  );
  expect(asked).toEqual(["POST /v1/messages/batches", "GET /v1/messages/batches/made-1"]);
  const { bytes } = await standIn(request("POST", "/batches", '{"input_file_id":"input_file_id"}'));
  expect(Buffer.from(bytes).toString()).toBe('{"input_file_id":"made-3"}');
});

test("what names nothing invented stays as it is", async () => {
  const plain = request("POST", "/chat/completions", '{"model":"constructor"}');
  expect(await standIn(plain)).toEqual(plain);
  expect(withLimits(plain)).toBe(plain);
});

test("no tokens at all become some", () => {
  const { bytes } = withLimits(request("POST", "/x", '{"a":1,"max_completion_tokens":0,"max_tokens":0}'));
  expect(Buffer.from(bytes).toString()).toBe('{"a":1,"max_completion_tokens":16}');
});
