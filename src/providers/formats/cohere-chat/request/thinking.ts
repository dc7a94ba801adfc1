// How much to think, both directions. Cohere is given a budget in tokens, or none; where the caller knows only words, the
// budget is taken from a table.
import type { Extra, Reasoning } from "../../../contract.ts";
import { definedOnly, type Fields, isIntegerFrom, missing, wrongType } from "../../fields.ts";

/** What thinking without a budget comes nearest to. */
const UNBOUNDED = "high";

/** Throws `providers.bad_request`. */
export function readThinking(fields: Fields): { reasoning?: Reasoning; extra?: Extra } {
  const thinking = fields.object("thinking");
  if (thinking === undefined) return {};
  const { type, token_budget: budget = null, ...more } = thinking;
  if (typeof type !== "string") throw missing("thinking.type", "`enabled` or `disabled`");
  if (budget !== null && !isIntegerFrom(budget, 1))
    throw wrongType("thinking.token_budget", "an integer of at least 1", budget);
  const isPlain = Object.keys(more).length === 0;
  if (type === "disabled" && isPlain && budget === null) return { reasoning: { disabled: true } };
  if (type !== "enabled" || !isPlain) return { extra: { thinking } };
  return { reasoning: budget === null ? { effort: UNBOUNDED } : { budget_tokens: budget } };
}

const BUDGETS = new Map([
  ["minimal", 512],
  ["low", 2048],
  ["medium", 8192],
]);

/** Undefined where nothing was asked: models that can think then do. */
export function writeThinking(
  reasoning: Reasoning | undefined,
  drop: (what: string, why: string) => void,
): Extra | undefined {
  const { effort, budget_tokens: budget, disabled, summary } = reasoning ?? {};
  if (disabled || effort === "none" || budget === 0) return { type: "disabled" };
  if (summary === "none") drop("reasoning.summary", "Cohere tells all that it thinks");
  if (effort === undefined && budget === undefined) return undefined;
  // A negative budget is Gemini's word for as much as it takes.
  const tokens = budget !== undefined && budget > 0 ? budget : BUDGETS.get(effort ?? "");
  return definedOnly<Extra>({ type: "enabled", token_budget: tokens });
}
