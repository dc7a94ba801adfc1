// Phrases of attacks as things meant, one after another within a few words. What one says in which language is the concepts' part.
import { bitOf, type Concept } from "./concepts.ts";

export const attackKinds = ["injection", "extraction", "jailbreak"] as const;
export type AttackKind = (typeof attackKinds)[number];

export interface Rule {
  name: string;
  kind: AttackKind;
  /** Bits of the concepts, in the order of the words. */
  steps: readonly number[];
  /** From the first word to the last. */
  within: number;
  /** How sure the phrase alone makes. */
  score: number;
  why: string;
  /** Only in texts that nobody should give orders in: results of tools, and what was retrieved. */
  inDataOnly?: boolean;
}

type Rest = Omit<Rule, "name" | "steps" | "kind"> & { kind?: AttackKind };

function rule(name: string, steps: readonly Concept[], rest: Rest): Rule {
  return { kind: "injection", ...rest, name, steps: steps.map(bitOf) };
}

// prettier-ignore
export const rules: readonly Rule[] = [
  rule("ignore_earlier_orders", ["disregard", "earlier", "orders"], { within: 7, score: 0.95, why: "asks to ignore what was said before" }),
  rule("ignore_orders_above", ["disregard", "orders", "earlier"], { within: 7, score: 0.8, why: "asks to ignore what was said before" }),
  rule("ignore_all_orders", ["disregard", "all", "orders"], { within: 6, score: 0.85, why: "asks to ignore all instructions" }),
  rule("ignore_your_orders", ["disregard", "your", "orders"], { within: 6, score: 0.85, why: "asks to ignore instructions" }),
  rule("forget_everything", ["disregard", "all", "earlier"], { within: 6, score: 0.8, why: "asks to forget what was before" }),
  rule("forget_what_was_told", ["disregard", "all", "told"], { within: 7, score: 0.85, why: "asks to forget what was before" }),
  rule("ignore_what_told", ["disregard", "you", "told"], { within: 7, score: 0.7, why: "asks to forget what was before" }),
  rule("do_not_follow", ["not", "earlier", "orders"], { within: 6, score: 0.55, why: "asks not to follow instructions" }),
  rule("reveal_prompt", ["reveal", "system", "prompt"], { kind: "extraction", within: 5, score: 0.9, why: "asks for the instructions of the system" }),
  rule("reveal_your_prompt", ["reveal", "your", "hidden", "prompt"], { kind: "extraction", within: 9, score: 0.9, why: "asks for the instructions of the system" }),
  rule("reveal_your_orders", ["reveal", "your", "prompt"], { kind: "extraction", within: 5, score: 0.7, why: "asks for the instructions of the system" }),
  rule("repeat_above", ["repeat", "word", "earlier"], { kind: "extraction", within: 6, score: 0.75, why: "asks for the text before" }),
  rule("repeat_all_above", ["repeat", "all", "earlier"], { kind: "extraction", within: 6, score: 0.8, why: "asks for the text before" }),
  rule("reveal_your_secret", ["reveal", "your", "secret"], { kind: "extraction", within: 5, score: 0.75, why: "asks for a secret" }),
  rule("you_are_now_unbound", ["you", "unbound"], { kind: "jailbreak", within: 6, score: 0.75, why: "gives a role without rules" }),
  rule("pretend_unbound", ["pretend", "unbound"], { kind: "jailbreak", within: 10, score: 0.85, why: "gives a role without rules" }),
  rule("pretend_no_limits", ["pretend", "without", "limits"], { kind: "jailbreak", within: 16, score: 0.8, why: "gives a role without rules" }),
  rule("you_without_limits", ["you", "without", "limits"], { kind: "jailbreak", within: 7, score: 0.55, why: "says that no rules hold" }),
  rule("system_mode", ["system", "mode", "now"], { kind: "jailbreak", within: 8, score: 0.7, why: "claims a mode of the system" }),
  rule("assistant_unbound", ["assistant", "unbound"], { kind: "jailbreak", within: 6, score: 0.6, why: "gives a role without rules" }),
  rule("now_system_mode", ["now", "system", "mode"], { kind: "jailbreak", within: 8, score: 0.75, why: "claims a mode of the system" }),
  rule("end_of_prompt", ["end", "system", "prompt"], { within: 5, score: 0.7, why: "claims that the instructions end" }),
  rule("new_orders", ["now", "orders", "disregard"], { within: 12, score: 0.7, why: "gives new instructions" }),
  rule("do_not_tell_user", ["not", "hide", "user"], { within: 6, score: 0.8, why: "asks to hide something from the user", inDataOnly: true }),
  rule("insert_in_answer", ["insert", "your", "answer"], { within: 16, score: 0.7, why: "gives orders about the answer in text that is not the caller's", inDataOnly: true }),
  rule("in_answer_insert", ["answer", "insert"], { within: 4, score: 0.5, why: "gives orders about the answer in text that is not the caller's", inDataOnly: true }),
  rule("assistant_must", ["assistant", "must", "send"], { within: 14, score: 0.7, why: "gives orders to the model in text that is not the caller's", inDataOnly: true }),
  rule("assistant_reveal", ["assistant", "must", "reveal"], { within: 12, score: 0.7, why: "gives orders to the model in text that is not the caller's", inDataOnly: true }),
  rule("must_answer", ["must", "your", "answer"], { within: 8, score: 0.65, why: "gives orders about the answer in text that is not the caller's", inDataOnly: true }),
];
