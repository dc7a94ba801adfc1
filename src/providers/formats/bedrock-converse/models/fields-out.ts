// `additionalModelRequestFields`, written: how each maker's models are told to think, and `top_k`.
import type { ChatRequest, Extra, Reasoning } from "../../../contract.ts";
import { carrySampling, carryThinking } from "../../anthropic-messages/request/carry-over.ts";
import { effortFor, writeOwnThinking, type WrittenThinking } from "../../anthropic-messages/request/thinking.ts";
import { definedOnly, isObject } from "../../fields.ts";
import { type BedrockQuirks, type Family, familyOf } from "./families.ts";

export interface WrittenFields {
  /** The request without what this model takes no word of. */
  request: ChatRequest;
  fields: Extra | undefined;
}

/** For a caller of this dialect: as it was read. */
export function writeOwnFields(request: ChatRequest, family: Family): WrittenFields {
  const given = request.extra?.["additionalModelRequestFields"] as Extra | undefined;
  const { reasoning, top_k: topK } = request;
  if (family === "claude" || family === "unknown") {
    const thinking = writeOwnThinking({ ...request, ...(given && { extra: given }) });
    return { request, fields: claudeFields(thinking, { topK, given }) };
  }
  if (family === "nova") return { request, fields: novaFields(reasoning, { topK, given }) };
  const name = family === "qwen" ? "reasoning_config" : "reasoning_effort";
  return { request, fields: orNothing({ [name]: reasoning?.effort, ...given }) };
}

type Drop = (what: string, why: string) => void;

export interface CarryFieldsOptions {
  model: string;
  quirks: BedrockQuirks;
  drop: Drop;
}

/** For a caller of another dialect. */
export function writeCarriedFields(request: ChatRequest, options: CarryFieldsOptions): WrittenFields {
  const { model, quirks, drop } = options;
  const family = familyOf(model, quirks);
  if (family === "claude") return carryClaude(request, options);
  const { reasoning, top_k: topK } = request;
  const isTopKKnown = family === "nova";
  if (topK !== undefined && !isTopKKnown) drop("top_k", "nothing is known of how this model is told it");
  if (reasoning === undefined && !isTopKKnown) return { request, fields: undefined };
  if (family === "nova") {
    const canThink = quirks.thinking_nova.test(model);
    if (reasoning && !canThink && isWanted(reasoning)) drop("reasoning", "this model does not think");
    const said = canThink ? novaThinking(reasoning) : undefined;
    // Thinking hard, it wants to choose all else itself.
    const isHigh = said?.effort === "high";
    return {
      request: isHigh ? withoutSampling(request, drop) : request,
      fields: novaFields(said, { topK: isHigh ? undefined : topK, given: undefined }),
    };
  }
  const effort = effortOf(reasoning);
  if (family === "qwen") return { request, fields: orNothing({ reasoning_config: effort }) };
  if (family === "gpt-oss" && effort !== undefined) return { request, fields: { reasoning_effort: effort } };
  drop(
    "reasoning",
    family === "gpt-oss" ? "this model always thinks" : "nothing is known of how this model is told it",
  );
  return { request, fields: undefined };
}

function carryClaude(asked: ChatRequest, { model, quirks, drop }: CarryFieldsOptions): WrittenFields {
  const isAdaptive = quirks.adaptive_models.test(model);
  const isSelfWilled = quirks.self_willed_models.test(model);
  const thinking = carryThinking(asked, { isAdaptive, isSelfWilled, drop });
  const isThinking = thinking.thinking !== undefined && thinking.thinking["type"] !== "disabled";
  const request = carrySampling(asked, { isAdaptive, isSelfWilled, drop, isThinking });
  const fields = claudeFields(thinking, { topK: request.top_k, given: undefined });
  // What is not thought about needs no word: older models know none.
  const said = isThinking ? fields : definedOnly<Extra>({ ...fields, thinking: undefined });
  return { request, fields: orNothing(said) };
}

interface Rest {
  topK: number | undefined;
  given: Extra | undefined;
}

function claudeFields({ thinking, effort }: WrittenThinking, { topK, given }: Rest): Extra | undefined {
  const config = { ...(given?.["output_config"] as Extra | undefined), ...(effort !== undefined && { effort }) };
  const hasConfig = Object.keys(config).length > 0;
  return orNothing(
    { top_k: topK, ...given, ...(thinking && { thinking }), ...(hasConfig && { output_config: config }) },
    given,
  );
}

function novaFields(reasoning: Reasoning | undefined, { topK, given }: Rest): Extra | undefined {
  const config = given?.["inferenceConfig"];
  const thinking = reasoning?.disabled
    ? { type: "disabled" }
    : reasoning?.effort !== undefined && { type: "enabled", maxReasoningEffort: reasoning.effort };
  return orNothing(
    {
      ...given,
      ...(topK !== undefined && { inferenceConfig: { ...(isObject(config) && config), topK } }),
      ...(thinking && { reasoningConfig: thinking }),
    },
    given,
  );
}

function novaThinking(reasoning: Reasoning | undefined): Reasoning | undefined {
  if (reasoning === undefined) return undefined;
  const effort = effortOf(reasoning);
  return effort === undefined ? { disabled: true } : { effort };
}

function isWanted({ disabled, effort, budget_tokens: budget }: Reasoning): boolean {
  return !disabled && effort !== "none" && budget !== 0;
}

/** `low`, `medium` or `high`; undefined where nothing is to be thought. */
function effortOf(reasoning: Reasoning | undefined): string | undefined {
  if (reasoning === undefined || !isWanted(reasoning)) return undefined;
  const { effort, budget_tokens: budget } = reasoning;
  if (effort === undefined) return budget === undefined ? undefined : effortFor(budget < 0 ? 8192 : budget);
  if (effort === "minimal") return "low";
  return effort === "low" || effort === "medium" ? effort : "high";
}

function withoutSampling(request: ChatRequest, drop: Drop): ChatRequest {
  const kept = { ...request };
  for (const name of ["max_output_tokens", "temperature", "top_p", "top_k"] as const) {
    if (kept[name] === undefined) continue;
    drop(name, "this model takes none while it thinks hard");
    delete kept[name];
  }
  return kept;
}

/** Undefined where nothing is said, unless the caller said nothing so. */
function orNothing(fields: Extra | undefined, given?: Extra): Extra | undefined {
  const said = definedOnly<Extra>({ ...fields });
  return Object.keys(said).length > 0 || given ? said : undefined;
}
