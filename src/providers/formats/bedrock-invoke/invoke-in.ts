// A caller who invokes Claude as Bedrock has it: the request as the Messages API would have got it, and the answer's events in frames.
import { createParser } from "eventsource-parser";
import { providersErrors } from "../../errors.ts";
import { insertFirstMember, removeMember } from "../../passthrough/rewrite-request.ts";
import { streamExceptionFor, writeEventFrame, writeExceptionFrame } from "../bedrock-converse/index.ts";
import { isObject, textOf } from "../fields.ts";

export interface Unwrapped {
  /** A Messages request. */
  text: string;
  /** What stands in the `anthropic-beta` header there; empty where nothing does. */
  beta: string;
}

/** Throws `providers.bad_request` where the request is in another maker's words. */
export function unwrapInvoke(
  text: string,
  { body, model, stream }: { body: unknown; model: string; stream: boolean },
): Unwrapped {
  if (!isObject(body) || typeof body["anthropic_version"] !== "string")
    throw providersErrors.bad_request({
      param: "anthropic_version",
      problem: "is missing: only Claude's own format can be invoked here",
      fix: "Use `converse`, which is the same for all models, or Anthropic's format with its version.",
    });
  const { anthropic_beta: betas } = body;
  const bare = ["anthropic_version", "anthropic_beta", "model", "stream"].reduce(removeMember, text);
  const members = `"model":${JSON.stringify(model)},"stream":${String(stream)}`;
  return {
    text: /^\s*\{\s*\}\s*$/.test(bare) ? `{${members}}` : insertFirstMember(bare, members),
    beta: Array.isArray(betas) ? betas.filter((each) => typeof each === "string").join(",") : "",
  };
}

/** Server-sent events in, whole ones at a time; frames out. */
export function createInvokePacker(): (bytes: Uint8Array) => Uint8Array {
  let frames: Uint8Array[] = [];
  const text = new TextDecoder();
  const parser = createParser({ onEvent: ({ data }) => void frames.push(pack(data)) });
  return (bytes) => {
    parser.feed(text.decode(bytes, { stream: true }));
    const packed = Buffer.concat(frames);
    frames = [];
    return packed;
  };
}

function pack(data: string): Uint8Array {
  // Some that imitate Anthropic end with `[DONE]`, as OpenAI does; here the frames' end says it.
  if (data.trim() === "[DONE]") return Buffer.alloc(0);
  const event: unknown = JSON.parse(data);
  const error = isObject(event) && event["type"] === "error" ? event["error"] : undefined;
  if (!isObject(error)) return writeEventFrame("chunk", { bytes: Buffer.from(data).toString("base64") });
  const name = NAMES.get(textOf(error["type"])) ?? null;
  return writeExceptionFrame(streamExceptionFor(name), { message: textOf(error["message"]) });
}

const NAMES = new Map([
  ["rate_limit_error", "throttlingException"],
  ["invalid_request_error", "validationException"],
  ["overloaded_error", "serviceUnavailableException"],
]);
