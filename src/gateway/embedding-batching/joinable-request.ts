// An embeddings request that may be asked for together with others: its texts, and all that must be the same beside them.
import type { CallerRequest } from "../../providers/index.ts";
import { canonicalJson } from "../cache/key/canonical-json.ts";

export interface JoinableRequest {
  request: CallerRequest;
  inputs: readonly unknown[];
  /** Of each input, in bytes. */
  bytes: number;
  /** All of the body but its texts and its model's name. */
  rest: string;
}

const LEFT_OUT: ReadonlySet<string> = new Set(["input", "model"]);

/** Undefined for what is not asked in OpenAI's format, or in a way that cannot be joined. */
export function readJoinable(request: CallerRequest): JoinableRequest | undefined {
  if (request.operation !== "embeddings" || request.dialect !== "openai-chat") return undefined;
  const rest = canonicalJson(request.text, LEFT_OUT);
  if (!rest || new Set(rest.names).size !== rest.names.length) return undefined;
  const inputs = inputsOf((JSON.parse(request.text) as { input?: unknown }).input);
  if (!inputs || inputs.length === 0) return undefined;
  return { request, inputs, bytes: inputs.reduce<number>((sum, input) => sum + weightOf(input), 0), rest: rest.text };
}

/** The same request for the texts of all. */
export function joinRequests(all: readonly [JoinableRequest, ...JoinableRequest[]]): CallerRequest {
  const [{ request }] = all;
  const body = JSON.parse(request.text) as object;
  return { ...request, text: JSON.stringify({ ...body, input: all.flatMap(({ inputs }) => inputs) }) };
}

/** A text, or tokens, or a list of either. */
function inputsOf(input: unknown): unknown[] | undefined {
  if (typeof input === "string") return [input];
  if (!Array.isArray(input)) return undefined;
  const isTokens = (each: unknown): boolean => Array.isArray(each) && each.every((token) => typeof token === "number");
  if (isTokens(input)) return input.length > 0 ? [input] : undefined;
  return input.every((each) => typeof each === "string" || isTokens(each)) ? input : undefined;
}

/** No token is shorter than a byte: a share by bytes is never more than what was held for the call. */
function weightOf(input: unknown): number {
  return Buffer.byteLength(typeof input === "string" ? input : JSON.stringify(input));
}
