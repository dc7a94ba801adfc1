// What another dialect's request can keep here: all that the Responses API has words for. The rest is named, with the reason,
// so that the caller can be told. Messages and tools see to themselves.
import type { ChatRequest, Extra, Reasoning } from "../../../contract.ts";
import { definedOnly } from "../../fields.ts";
import { NO_WORD, type Writing } from "./part-out.ts";
import { LOGPROBS } from "./request-in.ts";

const NO_WORDS = ["top_k", "stop", "seed", "presence_penalty", "frequency_penalty"] as const;

/** What chat-completions says in the same words, or says of streams that are told in full here. */
const ALSO_OPENAI_CHAT = new Set([
  "store",
  "metadata",
  "service_tier",
  "safety_identifier",
  "prompt_cache_key",
  "prompt_cache_retention",
]);
const SAID_OTHERWISE = new Set(["stream_options", "logprobs", "top_logprobs", "verbosity"]);

/** The same request without what cannot be said; its extras are this dialect's. */
export function carryOver(request: ChatRequest, { drop }: Writing): ChatRequest {
  for (const name of NO_WORDS) if (request[name] !== undefined) drop(name, NO_WORD);
  if ((request.choices ?? 1) > 1) drop("choices", "the Responses API gives one answer");
  const { extra, reasoning, logprobs, service_tier: tier, ...kept } = request;
  const carried = carryReasoning(reasoning, drop);
  const chat = request.dialect === "openai-chat" ? (extra ?? {}) : {};
  const top = logprobs ?? topOf(chat);
  const include = [
    ...(carried?.effort && KEEPS_SEALS.has(request.dialect) ? ["reasoning.encrypted_content"] : []),
    ...(top ? [LOGPROBS] : []),
  ];
  return definedOnly<ChatRequest>({
    ...kept,
    reasoning: carried,
    logprobs: top,
    service_tier: carryTier(tier, drop),
    extra: {
      // Only callers of this dialect can find again what is stored.
      store: false,
      ...carryExtra(request, drop),
      ...(typeof chat["verbosity"] === "string" && { text: { verbosity: chat["verbosity"] } }),
      ...(include.length > 0 && { include }),
    },
  });
}

/** Callers of these can give sealed reasoning back. */
const KEEPS_SEALS: ReadonlySet<string> = new Set(["anthropic-messages", "gemini", "bedrock-converse"]);

type Drop = Writing["drop"];

function carryExtra({ dialect, extra = {} }: ChatRequest, drop: Drop): Extra {
  const isChat = dialect === "openai-chat";
  const carried: Extra = {};
  for (const [name, value] of Object.entries(extra)) {
    if (isChat && ALSO_OPENAI_CHAT.has(name)) carried[name] = value;
    else if (!isChat || !SAID_OTHERWISE.has(name)) drop(name, NO_WORD);
  }
  return carried;
}

function topOf({ logprobs, top_logprobs: top }: Extra): { top: number } | undefined {
  if (logprobs !== true) return undefined;
  return { top: typeof top === "number" ? top : 0 };
}

const TIERS = new Set(["auto", "default", "flex", "priority", "scale"]);

function carryTier(tier: string | undefined, drop: Drop): string | undefined {
  if (tier === undefined || TIERS.has(tier)) return tier;
  drop("service_tier", `OpenAI has no tier \`${tier}\``);
  return undefined;
}

/** About what the vendors' own guides compare: effort in words for a budget in tokens. */
const EFFORTS = [
  { fromTokens: 16_000, effort: "high" },
  { fromTokens: 4000, effort: "medium" },
  { fromTokens: 0, effort: "low" },
] as const;

const SUMMARIES = new Set(["auto", "concise", "detailed"]);

function carryReasoning(reasoning: Reasoning | undefined, drop: Drop): Reasoning | undefined {
  if (!reasoning) return undefined;
  const { effort, budget_tokens: budget, disabled, summary } = reasoning;
  // Models that do not reason refuse the word altogether, and so do most that always do.
  if (disabled) drop("reasoning", "most models have no word for not reasoning");
  if (disabled || (effort === undefined && budget === undefined && summary === undefined)) return undefined;
  if (summary !== undefined && summary !== "none" && !SUMMARIES.has(summary)) drop("reasoning.summary", NO_WORD);
  return definedOnly<Reasoning>({
    effort: effort ?? EFFORTS.find(({ fromTokens }) => budget !== undefined && budget >= fromTokens)?.effort,
    summary: summary !== undefined && SUMMARIES.has(summary) ? summary : undefined,
  });
}
