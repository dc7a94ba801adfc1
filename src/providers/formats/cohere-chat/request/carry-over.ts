// What another dialect's request can keep here: all that Cohere has words for, within its bounds. The rest is named, with the
// reason, so that the caller can be told. Messages, tools and thinking see to themselves.
import type { ChatRequest } from "../../../contract.ts";
import { NO_WORD } from "./content-out.ts";

type Drop = (what: string, why: string) => void;

const NO_WORDS = ["metadata", "user"] as const;

/** As Cohere's reference and its refusals state them. */
const BOUNDS = [
  { name: "temperature", min: 0, max: 1 },
  { name: "top_p", min: 0.01, max: 0.99 },
  { name: "top_k", min: 0, max: 500 },
  { name: "presence_penalty", min: 0, max: 1 },
  { name: "frequency_penalty", min: 0, max: 1 },
] as const;

const STOPS_MAX = 5;

/** Chat-completions asks for the usage of a stream, which is always told here; the caller's own encoder minds it. */
const SAID_OTHERWISE = new Set(["stream_options"]);

/** The same request without what cannot be said. */
export function carryOver(request: ChatRequest, drop: Drop): ChatRequest {
  for (const name of NO_WORDS) if (request[name] !== undefined) drop(name, NO_WORD);
  for (const name of Object.keys(request.extra ?? {})) if (!SAID_OTHERWISE.has(name)) drop(name, NO_WORD);
  if ((request.choices ?? 1) > 1) drop("choices", "Cohere gives one answer");
  if (request.parallel_tool_calls === false)
    drop("parallel_tool_calls", "Cohere calls as many tools at once as it likes");
  if ((request.logprobs?.top ?? 0) > 0) drop("logprobs.top", "Cohere tells only of the tokens that it chose");
  const tier = request.service_tier;
  if (tier !== undefined && tier !== "auto" && tier !== "default")
    drop("service_tier", `Cohere has no tier \`${tier}\``);
  const { extra: _, stop, ...carried } = request;
  hold(carried, drop);
  const kept = stop?.slice(0, STOPS_MAX);
  if (stop && stop.length > STOPS_MAX) drop("stop", `Cohere takes at most ${STOPS_MAX}, the first of which were sent`);
  return { ...carried, ...(kept?.length && { stop: kept }) };
}

function hold(request: ChatRequest, drop: Drop): void {
  for (const { name, min, max } of BOUNDS) {
    const asked = request[name];
    if (asked === undefined || (asked >= min && asked <= max)) continue;
    const held = Math.min(max, Math.max(min, asked));
    drop(name, `Cohere takes ${min} to ${max}; ${held} was sent in place of ${asked}`);
    request[name] = held;
  }
}
