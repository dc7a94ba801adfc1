// What another dialect's request can keep here. The rest is named, with the reason, so that the caller can be told. Messages,
// tools and thinking see to themselves.
import type { ChatRequest } from "../../../contract.ts";
import { NO_WORD } from "./writing.ts";

const NO_WORDS = ["metadata", "user"] as const;

/** Chat-completions asks for the usage of a stream, which is always told here; the caller's own encoder minds it. */
const SAID_OTHERWISE = new Set(["stream_options"]);

/** The same request without what cannot be said. */
export function carryOver(request: ChatRequest, drop: (what: string, why: string) => void): ChatRequest {
  for (const name of NO_WORDS) if (request[name] !== undefined) drop(name, NO_WORD);
  for (const name of Object.keys(request.extra ?? {})) if (!SAID_OTHERWISE.has(name)) drop(name, NO_WORD);
  if ((request.choices ?? 1) > 1) drop("choices", "Ollama gives one answer");
  if (request.parallel_tool_calls === false)
    drop("parallel_tool_calls", "Ollama's models call as many tools at once as they like");
  const tier = request.service_tier;
  if (tier !== undefined && tier !== "auto" && tier !== "default")
    drop("service_tier", `Ollama has no tier \`${tier}\``);
  const { extra: _, ...carried } = request;
  return carried;
}
