import { describe, expect, test } from "bun:test";
import { defineErrors } from "../../../kernel/index.ts";
import { createFrameCutter } from "./frames.ts";
import { bedrockConverse } from "./index.ts";

const { caller, vendor } = bedrockConverse;
const errors = defineErrors("test", {
  failed: (p: { status: number }) => ({ status: p.status, message: "It failed.", fix: "Try again." }),
});

describe("an error of ours", () => {
  test.each([
    [400, "ValidationException", "validationException"],
    [403, "AccessDeniedException", "modelStreamErrorException"],
    [404, "ResourceNotFoundException", "modelStreamErrorException"],
    [429, "ThrottlingException", "throttlingException"],
    [500, "InternalServerException", "internalServerException"],
    [502, "ModelErrorException", "modelStreamErrorException"],
    [503, "ServiceUnavailableException", "serviceUnavailableException"],
  ])("with status %p is %s, and %s in a stream", (status, name, exception) => {
    const error = errors.failed({ status });
    const message = "It failed. Try again.";
    expect(caller.writeError(error, "call")).toEqual({ __type: name, message, requestId: "call" });
    const [frame] = createFrameCutter(1000).feed(Buffer.from(caller.writeStreamError(error)));
    expect(frame).toMatchObject({ kind: "exception", name: exception, body: JSON.stringify({ message }) });
  });
});

test.each([
  [400, '{"message":"No such model."}', "No such model.", "ValidationException"],
  [403, '{"Message":"No key."}', "No key.", "AccessDeniedException"],
  [429, '{"__type":"com.amazon.coral#ThrottlingException:http://x","message":"Slow."}', "Slow.", "ThrottlingException"],
  [503, '{"__type":"ServiceUnavailableException"}', "ServiceUnavailableException", "ServiceUnavailableException"],
  [502, "<html>Bad gateway</html>", "an HTML page in place of an answer", null],
])("a vendor's error with status %p is read: %s", (status, text, message, code) => {
  expect(vendor.readError(status, text)).toMatchObject({ message, code });
});
