import { describe, expect, test } from "bun:test";
import { createWorld, toAppError, type World } from "../../kernel/index.ts";
import { createVendor, keyCredential, type VendorSpec } from "../vendors/index.ts";
import { readRealtimeResponse } from "./realtime-events.ts";
import { connectRealtime, realtimeUrl } from "./realtime-target.ts";

const targetOf = (spec: Partial<VendorSpec>) => ({
  id: "v/gpt-realtime",
  model: "gpt-realtime",
  vendor: createVendor({
    name: "v",
    kind: "openai",
    base_url: "https://api.openai.com/v1",
    found_by: "test",
    models: [],
    ...spec,
  }),
});
const listener = { onFrame() {}, onPing() {}, onClose() {} };

describe("a vendor's Realtime address", () => {
  test("goes on where its base_url ends", () => {
    expect(realtimeUrl(targetOf({}))).toBe("https://api.openai.com/v1/realtime?model=gpt-realtime");
    const azure = targetOf({ kind: "azure-openai", base_url: "https://x.openai.azure.com/openai/v1/" });
    expect(realtimeUrl(azure)).toBe("https://x.openai.azure.com/openai/v1/realtime?model=gpt-realtime");
  });

  test("is not there where the vendor speaks no such protocol", () => {
    expect(() => realtimeUrl(targetOf({ kind: "anthropic" }))).toThrow("does not offer realtime");
    const sim = targetOf({ fetch: () => Promise.reject(new Error("unused")) });
    expect(() => realtimeUrl(sim)).toThrow("does not offer realtime");
  });

  test("is asked as a WebSocket, with the vendor's credential", async () => {
    const asked: unknown[] = [];
    const openSocket: World["openSocket"] = (url, { headers, protocols }) => {
      asked.push({ url, headers, protocols });
      return Promise.resolve({ ok: false, status: null, detail: "nobody" });
    };
    const credential = keyCredential("env:KEY", { key: "sk-1", scheme: "bearer" });
    const call = {
      target: targetOf({}),
      credential,
      headers: { "openai-beta": "realtime=v1" },
      listener,
      timeoutMs: 5,
    };
    const failed = await connectRealtime(call, createWorld({ openSocket })).catch(toAppError);
    expect(failed).toMatchObject({ code: "providers.vendor_unreachable", retry: "now" });
    expect(asked).toEqual([
      {
        url: "wss://api.openai.com/v1/realtime?model=gpt-realtime",
        headers: { authorization: "Bearer sk-1", "openai-beta": "realtime=v1" },
        protocols: ["realtime"],
      },
    ]);
  });

  test.each([
    [401, "providers.vendor_denied"],
    [429, "providers.vendor_rate_limited"],
    [404, "providers.vendor_refused"],
    [503, "providers.vendor_failed"],
    [200, "providers.vendor_failed"],
  ])("refused with %d it is %s", async (status, code) => {
    const openSocket: World["openSocket"] = () => Promise.resolve({ ok: false, status, detail: "no" });
    const credential = keyCredential("env:KEY", { key: "sk-1", scheme: "bearer" });
    const call = { target: targetOf({}), credential, headers: {}, listener, timeoutMs: 5 };
    const failed = await connectRealtime(call, createWorld({ openSocket })).catch(toAppError);
    expect(failed).toMatchObject({ code });
  });
});

describe("the usage of a response", () => {
  const usageOf = (usage: unknown) =>
    readRealtimeResponse({ type: "response.done", response: { id: "r", usage } }).usage;

  test("tells sound, and what of it was cached", () => {
    const usage = {
      input_tokens: 132,
      output_tokens: 121,
      input_token_details: {
        audio_tokens: 13,
        cached_tokens: 64,
        image_tokens: 2,
        cached_tokens_details: { audio_tokens: 4 },
      },
      output_token_details: { audio_tokens: 91 },
    };
    expect(usageOf(usage)).toEqual({
      input: 132,
      output: 121,
      cache_read: 64,
      cache_write: 0,
      reasoning: 0,
      audio_input: 13,
      audio_cache_read: 4,
      audio_output: 91,
      image_input: 2,
      raw: usage,
    });
  });

  test("keeps parts within their whole, and is unknown where nothing is said", () => {
    expect(usageOf({ input_tokens: 5, input_token_details: { cached_tokens: 9, audio_tokens: 7 } })).toMatchObject({
      input: 5,
      output: 0,
      cache_read: 5,
      audio_input: 5,
    });
    for (const nothing of [null, undefined, "x", {}, { input_tokens: "many" }])
      expect(usageOf(nothing)).toBeUndefined();
  });
});
