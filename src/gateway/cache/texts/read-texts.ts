// The texts of an embeddings request in OpenAI's format, each with a key of its own, and the same request for some of them.
import { hash } from "node:crypto";
import type { CallerRequest } from "../../../providers/index.ts";
import { canonicalJson } from "../key/canonical-json.ts";
import { keyPrefix } from "../key/answer-key.ts";

export interface TextsAsked {
  /** In the order of the request; a text that stands there twice has one key. */
  keys: readonly string[];
  /** About how much of the whole each is, by key; they add up to the whole where none stands there twice. */
  lengthOf(key: string): number;
  /** For these only, in this order. */
  requestFor(keys: readonly string[]): CallerRequest;
}

const TEXTS_MAX = 4096;
const LEFT_OUT: ReadonlySet<string> = new Set(["input", "model", "user"]);

/** Undefined for what is not asked in that format, or too much. */
export function readTexts(where: {
  scope: string;
  model: string;
  request: CallerRequest;
  isStrict: boolean;
}): TextsAsked | undefined {
  const { request } = where;
  if (request.operation !== "embeddings" || request.dialect !== "openai-chat") return undefined;
  const rest = canonicalJson(request.text, LEFT_OUT);
  // Members named twice would be sent on as one.
  if (!rest || new Set(rest.names).size !== rest.names.length) return undefined;
  const body = JSON.parse(request.text) as Record<string, unknown>;
  const inputs = inputsOf(body["input"]);
  if (!inputs || inputs.length === 0 || inputs.length > TEXTS_MAX) return undefined;
  const prefix = `text ${keyPrefix(where)}${rest.text}`;
  const keys = inputs.map((input) => hash("sha256", prefix + JSON.stringify(input), "hex"));
  const byKey = new Map(keys.map((key, place) => [key, inputs[place]]));
  return {
    keys,
    lengthOf: (key) => lengthOf(byKey.get(key)),
    requestFor: (wanted) => ({
      ...request,
      text: JSON.stringify({ ...body, input: wanted.map((key) => byKey.get(key)) }),
    }),
  };
}

/** A text, tokens, or several of either. */
function inputsOf(input: unknown): unknown[] | undefined {
  if (typeof input === "string") return [input];
  if (!Array.isArray(input)) return undefined;
  if (input.every((each) => typeof each === "number")) return [input];
  return input.every((each) => typeof each === "string" || Array.isArray(each)) ? input : undefined;
}

function lengthOf(input: unknown): number {
  return typeof input === "string" || Array.isArray(input) ? Math.max(1, input.length) : 1;
}
