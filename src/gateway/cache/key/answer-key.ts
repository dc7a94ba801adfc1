// What makes two calls the same for the cache: the scope, what is asked of whom, and the request in canonical form.
import { hash } from "node:crypto";
import type { CallerRequest } from "../../../providers/index.ts";
import { canonicalJson } from "./canonical-json.ts";

export interface AnswerKeyInput {
  scope: string;
  /** What stands for the targets: a route, or a model at its vendor. */
  model: string;
  request: CallerRequest;
  isStrict: boolean;
}

/** Who asks, what for, where an answer should be looked up, and how it comes: nothing of it changes what is answered. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  "metadata",
  "model",
  "prompt_cache_key",
  "safety_identifier",
  "stream",
  "stream_options",
  "user",
]);

/** What makes an answer more than an answer to this request: a conversation that goes on, work that is polled for, several answers. */
const NOT_KEPT = ["background", "container", "conversation", "n", "num_generations"];
const SEVERAL = /"candidate_?[cC]ount"/;

/**
 * SHA-256, hex: a collision would give one tenant's answer to another. Undefined for requests that are never answered from
 * what was kept: those in a vendor's own words, forms, and what has an effect beyond its answer.
 */
export function answerKey({ scope, model, request, isStrict }: AnswerKeyInput): string | undefined {
  if (request.native || request.form) return undefined;
  const canonical = canonicalJson(request.text, LEFT_OUT);
  if (!canonical || canonical.names.some((name) => NOT_KEPT.includes(name))) return undefined;
  if (request.dialect === "gemini" && SEVERAL.test(canonical.text)) return undefined;
  return hash("sha256", keyPrefix({ scope, model, request, isStrict }) + canonical.text, "hex");
}

/** All that makes calls the same but the body, which begins with a brace. */
export function keyPrefix({ scope, model, request, isStrict }: AnswerKeyInput): string {
  const { operation, dialect, version = "", stream, includeUsage, framing = "", headers } = request;
  const shape = `${operation} ${dialect} ${version} ${stream} ${stream && includeUsage} ${framing} ${isStrict}`;
  return `${shape} ${lengthened(scope)}${lengthened(model)}${saidBeside(headers)}`;
}

/** The headers that reach the vendor. */
function saidBeside(headers: CallerRequest["headers"]): string {
  let said = "";
  for (const name in headers) said += lengthened(name) + lengthened(headers[name] ?? "");
  return said;
}

/** So that nobody can write a name that reads like the end of it and the beginning of what follows. */
function lengthened(text: string): string {
  return `${text.length}:${text}`;
}
