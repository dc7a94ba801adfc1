// What another dialect's request can keep here: all that Gemini has words for, within its bounds. The rest is named, with the
// reason, so that the caller can be told. Messages and tools see to themselves.
import type { ChatRequest } from "../../../contract.ts";
import { NO_WORD } from "./part-out.ts";

type Drop = (what: string, why: string) => void;

export interface CarryOptions {
  /** The model is one of Gemini 3 or later. */
  isThird: boolean;
  /** It takes penalties. */
  takesPenalties: boolean;
  drop: Drop;
}

const STOPS_MAX = 5;
const SEED_MAX = 2 ** 31 - 1;

/** Chat-completions asks for the usage of a stream, which is always told here; the caller's own encoder minds it. */
const SAID_OTHERWISE = new Set(["stream_options"]);

/** The same request without what cannot be said. */
export function carryOver(request: ChatRequest, { isThird, takesPenalties, drop }: CarryOptions): ChatRequest {
  const { extra: _, metadata, user, parallel_tool_calls: parallel, ...kept } = request;
  for (const name of Object.keys(request.extra ?? {})) if (!SAID_OTHERWISE.has(name)) drop(name, NO_WORD);
  if (metadata !== undefined) drop("metadata", NO_WORD);
  if (user !== undefined) drop("user", NO_WORD);
  if (parallel === false) drop("parallel_tool_calls", "Gemini calls as many tools at once as it likes");
  const carried: ChatRequest = kept;
  for (const name of ["presence_penalty", "frequency_penalty"] as const) {
    if (carried[name] === undefined || takesPenalties) continue;
    if (carried[name] !== 0) drop(name, "this model does not take it");
    delete carried[name];
  }
  if (carried.seed !== undefined && Math.abs(carried.seed) > SEED_MAX) {
    drop("seed", "it must fit in 32 bits");
    delete carried.seed;
  }
  if ((carried.stop?.length ?? 0) > STOPS_MAX) {
    drop("stop", `Gemini takes ${STOPS_MAX} at most, which were sent`);
    carried.stop = carried.stop?.slice(0, STOPS_MAX) ?? [];
  }
  const wantsJson = carried.response_format !== undefined && carried.response_format.type !== "text";
  if (wantsJson && !isThird && carried.tools?.some(({ server }) => !server)) {
    drop("response_format", "this model gives JSON or calls tools, not both");
    delete carried.response_format;
  }
  return carryTier(carried, drop);
}

const TIERS = new Set(["flex", "priority"]);

function carryTier({ service_tier: tier, ...request }: ChatRequest, drop: Drop): ChatRequest {
  if (tier === undefined || tier === "auto" || tier === "default") return request;
  if (TIERS.has(tier)) return { ...request, service_tier: tier };
  drop("service_tier", `Gemini has no tier \`${tier}\``);
  return request;
}
