// Whether to think, and how much, both directions. Ollama is told yes, no, or one of four levels; models that cannot think refuse
// to be told yes.
import type { Extra, Reasoning } from "../../contract.ts";
import { type Fields, wrongType } from "../fields.ts";

const LEVELS = ["low", "medium", "high", "max"];

/** As much as it takes: what Ollama means by a plain yes. */
const ANY_BUDGET = -1;

/** Throws `providers.bad_request`. */
export function readThink(fields: Fields): Reasoning | undefined {
  const think = fields.any("think");
  if (think === undefined) return undefined;
  if (think === false) return { disabled: true };
  if (think === true) return { budget_tokens: ANY_BUDGET };
  if (typeof think === "string" && LEVELS.includes(think)) return { effort: think };
  throw wrongType("think", "true, false, or one of low, medium, high, max", think);
}

/** Words of other dialects, by Ollama's own. */
const NEAREST = new Map([
  ["minimal", "low"],
  ["xhigh", "max"],
]);

type Drop = (what: string, why: string) => void;

/** Undefined where nothing was asked: models that can think then do. */
export function writeThink(reasoning: Reasoning | undefined, drop: Drop): Extra["think"] {
  if (reasoning === undefined) return undefined;
  const { effort, budget_tokens: budget, disabled, summary } = reasoning;
  if (disabled || effort === "none" || budget === 0) return false;
  if (summary === "none") drop("reasoning.summary", "Ollama tells all that it thinks");
  if (effort !== undefined) return writeEffort(effort, drop);
  // Ollama is told no number; and of levels only some of its versions know, where all know yes.
  return budget === undefined ? undefined : true;
}

function writeEffort(effort: string, drop: Drop): string | true {
  const level = NEAREST.get(effort) ?? effort;
  if (LEVELS.includes(level)) return level;
  drop("reasoning.effort", `Ollama has no level \`${effort}\``);
  return true;
}
