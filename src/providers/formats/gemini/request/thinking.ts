// How much to think, both directions. Gemini 2.5 is given a budget in tokens, Gemini 3 a level in words; one stands for the other.
import type { Extra, Reasoning } from "../../../contract.ts";
import { definedOnly, openFields } from "../../fields.ts";

export interface ReadThinking {
  reasoning?: Reasoning;
  /** The rest of `thinkingConfig`. */
  extra?: Extra;
}

/** Throws `providers.bad_request`. */
export function readThinking(config: Extra | undefined): ReadThinking {
  if (config === undefined) return {};
  const fields = openFields(config, "generationConfig.thinkingConfig", "an object");
  const budget = fields.integer("thinkingBudget");
  const level = fields.text("thinkingLevel");
  const isTold = fields.flag("includeThoughts");
  const reasoning = definedOnly<Reasoning>({
    disabled: budget === 0 ? true : undefined,
    budget_tokens: budget === 0 ? undefined : budget,
    effort: level === undefined || level === "THINKING_LEVEL_UNSPECIFIED" ? undefined : level.toLowerCase(),
    summary: isTold === undefined ? undefined : isTold ? "auto" : "none",
  });
  const extra = fields.rest();
  return { ...(Object.keys(reasoning).length > 0 && { reasoning }), ...(extra && { extra }) };
}

/** For a caller of this dialect: as it was read. */
export function writeOwnThinking({ disabled, budget_tokens: budget, effort, summary }: Reasoning): Extra {
  return definedOnly<Extra>({
    thinkingBudget: disabled ? 0 : budget,
    thinkingLevel: effort?.toUpperCase(),
    includeThoughts: summary === undefined ? undefined : summary !== "none",
  });
}

const BUDGETS = new Map([
  ["minimal", 512],
  ["low", 2048],
  ["medium", 8192],
  ["high", 24_576],
  ["xhigh", 32_768],
  ["max", 32_768],
]);

export interface ThinkingOptions {
  /** The model thinks at all. */
  canThink: boolean;
  /** It takes a level in words. */
  hasLevels: boolean;
  /** It is one of the larger models, which never think nothing. */
  isPro: boolean;
  drop(what: string, why: string): void;
}

/** For a caller of another dialect; undefined where there is nothing to say. */
export function writeThinking(reasoning: Reasoning | undefined, options: ThinkingOptions): Extra | undefined {
  if (reasoning === undefined) return undefined;
  const { disabled, effort, budget_tokens: budget, summary } = reasoning;
  const isOff = disabled === true || effort === "none" || budget === 0;
  if (!options.canThink) {
    if (!isOff) options.drop("reasoning", "this model does not think");
    return undefined;
  }
  if (isOff) return writeOff(options);
  const said = budget === undefined ? writeEffort(effort, options) : { thinkingBudget: heldBudget(budget, options) };
  const isTold = summary !== "none" && (summary !== undefined || Object.keys(said).length > 0);
  const config = { ...said, ...(isTold && { includeThoughts: true }) };
  return Object.keys(config).length > 0 ? config : undefined;
}

const LEAST_OF_PRO = 128;

function writeOff({ hasLevels, isPro, drop }: ThinkingOptions): Extra {
  if (isPro || hasLevels) drop("reasoning", "this model always thinks a little");
  if (hasLevels) return { thinkingLevel: isPro ? "LOW" : "MINIMAL" };
  return { thinkingBudget: isPro ? LEAST_OF_PRO : 0 };
}

function writeEffort(effort: string | undefined, { hasLevels, isPro }: ThinkingOptions): Extra {
  if (effort === undefined) return {};
  if (!hasLevels) return { thinkingBudget: heldBudget(BUDGETS.get(effort) ?? 8192, { isPro }) };
  if (effort === "minimal") return { thinkingLevel: isPro ? "LOW" : "MINIMAL" };
  if (effort === "low") return { thinkingLevel: "LOW" };
  return { thinkingLevel: effort === "medium" ? "MEDIUM" : "HIGH" };
}

/** A negative one is as much as the model likes. */
function heldBudget(budget: number, { isPro }: Pick<ThinkingOptions, "isPro">): number {
  if (budget < 0) return -1;
  return isPro ? Math.min(32_768, Math.max(LEAST_OF_PRO, budget)) : Math.min(24_576, budget);
}
