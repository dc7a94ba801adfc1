import { describe, expect, test } from "bun:test";
import { defineErrors } from "../../../kernel/index.ts";
import { openAiResponses } from "./index.ts";
import { readUsage, writeUsage } from "./usage.ts";

const { caller, vendor } = openAiResponses;
const errors = defineErrors("providers", {
  unknown_model: () => ({ status: 404, message: "No model.", fix: "Choose another." }),
});
const known = { message: "No model. Choose another.", code: "model_not_found", param: null };

describe("an error", () => {
  test("of ours is as OpenAI would have said it, whole and in a stream", () => {
    expect(caller.writeError(errors.unknown_model({}), undefined)).toMatchObject({ error: known });
    const [name, data] = String(caller.writeStreamError(errors.unknown_model({}))).split("\n");
    expect(name).toBe("event: error");
    expect(JSON.parse(data?.slice("data: ".length) ?? "")).toMatchObject({ type: "error", ...known });
  });

  test("of a vendor's is read", () => {
    const body = { error: { message: "No.", type: "invalid_request_error", param: "input", code: "bad" } };
    expect(vendor.readError(400, JSON.stringify(body))).toMatchObject({ message: "No.", code: "bad", param: "input" });
  });
});

describe("counts", () => {
  const usage = { input: 9, output: 8, cache_read: 4, cache_write: 2, reasoning: 3 };

  test("of an answer hold cache and reasoning, both ways", () => {
    const written = writeUsage(usage);
    expect(written).toEqual({
      input_tokens: 9,
      input_tokens_details: {
        cached_tokens: 4,
        cache_write_tokens: 2,
      },
      output_tokens: 8,
      output_tokens_details: { reasoning_tokens: 3 },
      total_tokens: 17,
    });
    expect(readUsage({ usage: written, service_tier: "flex" })).toEqual({
      ...usage,
      service_tier: "flex",
      raw: written,
    });
    expect(readUsage({ usage: null })).toBeUndefined();
  });

  test("of a request alone are asked for without what concerns the answer", () => {
    const request = caller.counting?.readRequest({ model: "m", input: "Hello", store: true, max_output_tokens: 5 });
    const { body } = vendor.writeRequest(request ?? expect.unreachable(), { model: "m" });
    expect(Object.keys(vendor.counting?.writeBody(body, "m") ?? {})).toEqual(["model", "input"]);
    expect(vendor.counting?.readAnswer(caller.counting?.writeAnswer(7))).toBe(7);
    expect(vendor.counting?.readAnswer([])).toBeUndefined();
  });
});
