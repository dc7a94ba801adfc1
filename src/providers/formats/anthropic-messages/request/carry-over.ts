// What another dialect's request can keep here: all that Anthropic has words for, within its bounds. The rest is named, with
// the reason, so that the caller can be told. Messages and tools see to themselves.
import type { ChatRequest } from "../../../contract.ts";
import { NO_WORD } from "./block-out.ts";
import { type WrittenThinking, writeThinking } from "./thinking.ts";

type Drop = (what: string, why: string) => void;

export interface CarryOptions {
  /** The model takes an effort, and no budget, for its thinking. */
  isAdaptive: boolean;
  /** It takes neither temperature nor `top_p` nor `top_k`, and knows the effort `xhigh`. */
  isSelfWilled: boolean;
  drop: Drop;
}

export interface Carried {
  request: ChatRequest;
  thinking: WrittenThinking;
}

const NO_WORDS = ["seed", "presence_penalty", "frequency_penalty", "logprobs", "metadata"] as const;

/** The same request without what cannot be said. */
export function carryOver(request: ChatRequest, options: CarryOptions): Carried {
  const { drop } = options;
  for (const name of NO_WORDS) if (request[name] !== undefined) drop(name, NO_WORD);
  if (request.choices !== undefined && request.choices > 1) drop("choices", "Anthropic gives one answer");
  if (request.response_format?.type === "json") drop("response_format", "JSON needs a schema here");
  for (const name of Object.keys(request.extra ?? {})) if (!SAID_OTHERWISE.has(name)) drop(name, NO_WORD);
  const thinking = carryThinking(request, options);
  const { extra: _, stop, service_tier: tier, ...kept } = request;
  const carriedStop = carryStop(stop, drop);
  const carriedTier = carryTier(tier, drop);
  const carried: ChatRequest = {
    ...kept,
    ...(carriedStop && { stop: carriedStop }),
    ...(carriedTier && { service_tier: carriedTier }),
  };
  const isThinking = thinking.thinking !== undefined && thinking.thinking["type"] !== "disabled";
  return { request: carrySampling(carried, { ...options, isThinking }), thinking };
}

/** Chat-completions asks for the usage of a stream, which is always told here; the caller's own encoder minds it. */
const SAID_OTHERWISE = new Set(["stream_options"]);

/** Thinking as Claude is told of it, where it can think about this request. */
export function carryThinking(request: ChatRequest, options: CarryOptions): WrittenThinking {
  const { reasoning, max_output_tokens: limit } = request;
  const { isAdaptive, isSelfWilled, drop } = options;
  const written = writeThinking(reasoning, { isAdaptive, knowsExtraHigh: isSelfWilled, limit, drop });
  const isThinking = written.thinking !== undefined && written.thinking["type"] !== "disabled";
  const hindrance = isThinking ? hindranceTo(request, isAdaptive) : undefined;
  if (hindrance === undefined) return written;
  drop("reasoning", hindrance);
  return { room: 0 };
}

/** Why Anthropic would refuse to think about this; undefined where it would not. */
function hindranceTo(request: ChatRequest, isAdaptive: boolean): string | undefined {
  const { messages, tools, tool_choice: choice } = request;
  if (tools && (choice === "required" || typeof choice === "object"))
    return "Anthropic does not think where a tool call is forced";
  const asked = messages.findLastIndex(({ role }) => role === "assistant");
  const isAnswering = asked >= 0 && messages.slice(asked).some(({ role }) => role === "tool");
  // The thinking that led to the call was signed by someone else, if by anyone, and has been dropped.
  if (isAnswering && !isAdaptive)
    return "Anthropic goes on thinking after a tool call only from its own thinking before it";
  return undefined;
}

// Anthropic refuses stop sequences of nothing but white space.
function carryStop(stop: string[] | undefined, drop: Drop): string[] | undefined {
  const kept = stop?.filter((each) => each.trim() !== "");
  if (kept?.length !== stop?.length) drop("stop", "Anthropic takes no stop sequence that is only white space");
  return kept?.length ? kept : undefined;
}

function carryTier(tier: string | undefined, drop: Drop): string | undefined {
  if (tier === undefined || tier === "auto" || tier === "default") return tier;
  drop("service_tier", `Anthropic has no tier \`${tier}\``);
  return undefined;
}

/** Without what Claude takes no word of while it thinks, or at all. */
export function carrySampling(
  request: ChatRequest,
  { isThinking, isSelfWilled, drop }: CarryOptions & { isThinking: boolean },
): ChatRequest {
  const carried = { ...request };
  const leaveOut = (name: "temperature" | "top_p" | "top_k", why: string): void => {
    if (carried[name] === undefined) return;
    delete carried[name];
    drop(name, why);
  };
  if (isSelfWilled) {
    if (carried.temperature === 1) delete carried.temperature;
    for (const name of ["temperature", "top_p", "top_k"] as const) leaveOut(name, "this model does not take it");
  } else if (isThinking) {
    if (carried.temperature !== 1) leaveOut("temperature", "it cannot be set while thinking");
    if ((carried.top_p ?? 1) < 0.95) leaveOut("top_p", "it must be at least 0.95 while thinking");
    leaveOut("top_k", "it cannot be set while thinking");
  }
  if (carried.temperature !== undefined && carried.temperature > 1) {
    drop("temperature", `Anthropic takes at most 1, which was sent in place of ${carried.temperature}`);
    carried.temperature = 1;
  }
  if (carried.temperature !== undefined) leaveOut("top_p", "Anthropic takes it or the temperature, not both");
  return carried;
}
