// Claude at Bedrock in Anthropic's own words: what the Messages API says in headers stands in the body, streaming is said in the
// address, and each event of a stream comes packed in a frame.
import { createFrameCutter, type Frame } from "../bedrock-converse/index.ts";
import { insertFirstMember, removeMember, replaceModel } from "../../passthrough/rewrite-request.ts";

export const INVOKE_VERSION = "bedrock-2023-05-31";

/** A caller's Messages request as it is sent there; all else of it stays as it was, to the byte. */
export function packInvoke(text: string, headers: Record<string, string> = {}): string {
  const packed = removeMember(replaceModel(text, "anthropic_version", INVOKE_VERSION), "stream");
  const betas = headers["anthropic-beta"]?.split(",").flatMap((each) => each.trim() || []) ?? [];
  // A caller who knows where it goes may have put them there.
  if (betas.length === 0 || packed.includes('"anthropic_beta"')) return packed;
  return insertFirstMember(packed, `"anthropic_beta":${JSON.stringify(betas)}`);
}

/** Frames in, server-sent events out, as Anthropic itself would have sent them. What is broken becomes an `error` event. */
export function createInvokeUnpacker(frameBytesMax: number): (bytes: Uint8Array) => Uint8Array {
  const cutter = createFrameCutter(frameBytesMax);
  return (bytes) => {
    const events = cutter.feed(bytes).map(unpack);
    if (cutter.fault !== undefined) events.push(errorEvent("", `a broken event stream: ${cutter.fault}`));
    return Buffer.concat(events);
  };
}

function unpack({ kind, name, body, message }: Frame): Uint8Array {
  const payload = parse(body) as { bytes?: unknown; message?: unknown } | undefined;
  if (kind !== "event") return errorEvent(name, typeof payload?.message === "string" ? payload.message : message);
  if (typeof payload?.bytes !== "string") return NOTHING;
  const event = Buffer.from(payload.bytes, "base64").toString();
  const type = (parse(event) as { type?: unknown } | undefined)?.type;
  return Buffer.from(`event: ${String(type)}\ndata: ${event}\n\n`);
}

const NOTHING = Buffer.alloc(0);

const TYPES = new Map([
  ["throttlingException", "rate_limit_error"],
  ["validationException", "invalid_request_error"],
  ["serviceUnavailableException", "overloaded_error"],
]);

function errorEvent(name: string, message: string): Uint8Array {
  const error = { type: "error", error: { type: TYPES.get(name) ?? "api_error", message: message || name } };
  return Buffer.from(`event: error\ndata: ${JSON.stringify(error)}\n\n`);
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
