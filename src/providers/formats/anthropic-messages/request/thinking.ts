// How much to think, both directions. Older models are given a budget in tokens; newer ones think as they see fit
// (`adaptive`) and are told an effort. Where the caller knows only one of the two, the other is taken from a table.
import type { ChatRequest, Extra, Reasoning } from "../../../contract.ts";
import { definedOnly, type Fields, isIntegerFrom, isObject, missing, wrongType } from "../../fields.ts";

interface ReadReasoning {
  reasoning?: Reasoning;
  extra?: Extra;
}

/** What Anthropic thinks with when `adaptive` comes without an effort. */
const USUAL_EFFORT = "high";

/**
 * `effort` is `output_config.effort`. Thinking of a kind that has no canonical word, and an effort where no thinking was
 * asked for, go to `extra`; the latter to `reasoning` too, since it is the nearest that others have.
 */
export function readThinking(fields: Fields, effort: string | undefined): ReadReasoning {
  const thinking = fields.object("thinking");
  if (thinking === undefined)
    return effort === undefined ? {} : { reasoning: { effort }, extra: { output_config: { effort } } };
  const { type, budget_tokens: budget, display = null, ...more } = thinking;
  if (typeof type !== "string") throw missing("thinking.type", "`enabled`, `adaptive` or `disabled`");
  const summary = SUMMARIES.get(display);
  const isPlain = Object.keys(more).length === 0 && (display === null || summary !== undefined);
  const said = definedOnly<Reasoning>({ effort, summary });
  if (type === "disabled" && isPlain) return { reasoning: { ...said, disabled: true } };
  if (type === "adaptive" && isPlain) return { reasoning: { effort: USUAL_EFFORT, ...said } };
  if (type !== "enabled" || !isPlain)
    return { extra: { thinking, ...(effort !== undefined && { output_config: { effort } }) } };
  if (!isIntegerFrom(budget, 1)) throw wrongType("thinking.budget_tokens", "an integer of at least 1", budget);
  return { reasoning: { ...said, budget_tokens: budget } };
}

const SUMMARIES = new Map<unknown, string>([
  ["summarized", "auto"],
  ["omitted", "none"],
]);

/** Effort in words, and about as many tokens. The least that Anthropic takes is 1024. */
const BUDGETS = [
  { effort: "max", tokens: 32_768 },
  { effort: "xhigh", tokens: 32_768 },
  { effort: "high", tokens: 16_384 },
  { effort: "medium", tokens: 8192 },
  { effort: "low", tokens: 2048 },
  { effort: "minimal", tokens: 1024 },
] as const;
const LEAST_BUDGET = 1024;

export function budgetFor(effort: string | undefined): number {
  return BUDGETS.find((each) => each.effort === effort)?.tokens ?? 8192;
}

/** The word for a budget: `high` from 16,000 tokens, `medium` from 4,000. More than `high` nobody meant by a number. */
export function effortFor(tokens: number): string {
  if (tokens >= 16_000) return "high";
  return tokens >= 4000 ? "medium" : "low";
}

export interface WrittenThinking {
  thinking?: Extra;
  effort?: string;
  /** What the answer may be long at least, since thinking counts towards it. */
  room: number;
}

/** For a caller of this dialect: as it was read. */
export function writeOwnThinking({ reasoning, extra }: ChatRequest): WrittenThinking {
  const config = extra?.["output_config"];
  const isEffortAlone = isObject(config) && config["effort"] !== undefined;
  if (reasoning === undefined || isEffortAlone) return { room: 0 };
  const { effort, budget_tokens: budget, disabled } = reasoning;
  const display = displayFor(reasoning.summary);
  const said = { ...(effort !== undefined && { effort }), room: 0 };
  if (disabled) return { thinking: { type: "disabled", ...display }, ...said };
  if (budget !== undefined) return { thinking: { type: "enabled", budget_tokens: budget, ...display }, ...said };
  return { thinking: { type: "adaptive", ...display }, ...said };
}

export interface ThinkingOptions {
  /** The model thinks adaptively, and takes no budget. */
  isAdaptive: boolean;
  /** It knows the effort `xhigh`. */
  knowsExtraHigh: boolean;
  /** `max_output_tokens`, where the caller gave it. */
  limit: number | undefined;
  drop(what: string, why: string): void;
}

/** For a caller of another dialect. */
export function writeThinking(reasoning: Reasoning | undefined, options: ThinkingOptions): WrittenThinking {
  const { effort, budget_tokens: budget, disabled, summary } = reasoning ?? {};
  // Some of the models that think adaptively refuse the word; those that can be silent are so unless asked to think.
  if (disabled || effort === "none" || budget === 0)
    return options.isAdaptive ? { room: 0 } : { thinking: { type: "disabled" }, room: 0 };
  // A negative budget is Gemini's word for as much as it takes.
  const tokens = budget !== undefined && budget > 0 ? budget : undefined;
  const display = displayFor(summary);
  if (effort === undefined && budget === undefined) {
    if (summary !== undefined) options.drop("reasoning.summary", "nothing says how much to think, so there is none");
    return { room: 0 };
  }
  if (options.isAdaptive) {
    const word = effort ?? (tokens === undefined ? undefined : effortFor(tokens));
    const written = word === undefined ? {} : { effort: effortWord(word, options.knowsExtraHigh) };
    return { thinking: { type: "adaptive", ...display }, ...written, room: budgetFor(word) };
  }
  const wanted = Math.max(LEAST_BUDGET, tokens ?? budgetFor(effort));
  // A limit holds thinking and answer together: where it is too small for both, the answer keeps half of it.
  const held = options.limit === undefined ? wanted : Math.max(LEAST_BUDGET, Math.min(wanted, options.limit >> 1));
  if (options.limit !== undefined && held >= options.limit) {
    options.drop(
      "reasoning",
      `thinking takes at least ${LEAST_BUDGET} tokens, and the answer may have ${options.limit}`,
    );
    return { room: 0 };
  }
  return { thinking: { type: "enabled", budget_tokens: held, ...display }, room: held };
}

function displayFor(summary: string | undefined): Extra {
  if (summary === undefined) return {};
  return { display: summary === "none" ? "omitted" : "summarized" };
}

function effortWord(effort: string, knowsExtraHigh: boolean): string {
  if (effort === "minimal") return "low";
  return effort === "xhigh" && !knowsExtraHigh ? "max" : effort;
}
